/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tlsward.proof.EvidenceArchive.Reading;

/** One file of evidence, line by line, each with the name of the server that wrote it. */
final class FileReading implements AutoCloseable {
    private final String name;
    private final InputStream bytes;
    private final LineSplitter lines;
    private String node;
    private long number;
    private long unreadable;

    /**
     * Opens it.
     *
     * @param node who writes it until a line tells
     */
    FileReading(Path file, String node) throws IOException {
        this.name = file.getFileName().toString();
        this.bytes = Files.newInputStream(file);
        this.lines = new LineSplitter(bytes);
        this.node = node;
    }

    /** The next line of evidence; empty at the end. */
    Optional<ArchivedLine> next() throws IOException {
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            number++;
            Optional<ArchivedLine> read = ArchivedLine.parse(name, number, line.get());
            if (read.isPresent()) {
                node = read.get().writer().orElse(node);
                return Optional.of(read.get().of(node));
            }
            unreadable++;
        }
        return Optional.empty();
    }

    /** The name that the lines told last. */
    String node() {
        return node;
    }

    /** What came of it so far. */
    Reading soFar() {
        return new Reading(number - unreadable, unreadable);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
