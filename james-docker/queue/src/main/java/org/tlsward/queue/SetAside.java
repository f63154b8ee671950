/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Mails taken out of a queue for a human to look at: {@code TIME-QUEUE-NUMBER.json} with the envelope and
 * {@code TIME-QUEUE-NUMBER.eml} with the message. They are on the disk before the mail leaves the queue.
 */
final class SetAside {

    private static final int LONGEST_NAME = 100;

    private final Path folder;

    SetAside(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a mail down.
     *
     * @param message the message as far as it can be read; empty if there is none
     * @return the file with the envelope
     */
    Path keep(String label, byte[] envelope, Optional<InputStream> message) throws IOException {
        Path json = free(label, ".json");
        write(json, new ByteArrayInputStream(envelope));
        if (message.isPresent()) {
            String name = json.getFileName().toString();
            write(json.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".eml"), message.get());
        }
        QueueDirectory.sync(folder);
        return json;
    }

    /** How many mails a human has not yet looked at. */
    long count() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".eml")).count();
        }
    }

    /** A label that is a file name, whatever the queue is called. */
    static String label(long millis, String queue, long id) {
        String name = URLEncoder.encode(queue, StandardCharsets.UTF_8).replace("*", "%2A");
        return millis + "-" + name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + id;
    }

    private Path free(String label, String suffix) {
        Path file = folder.resolve(label + suffix);
        for (int i = 1; Files.exists(file); i++) {
            file = folder.resolve(label + "-" + i + suffix);
        }
        return file;
    }

    private static void write(Path file, InputStream in) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        EnumSet.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        QueueDirectory.OURS_ALONE);
                in) {
            OutputStream out = Channels.newOutputStream(channel);
            in.transferTo(out);
            channel.force(true);
        }
    }
}
