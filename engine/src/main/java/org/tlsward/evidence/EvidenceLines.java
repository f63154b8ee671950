/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads evidence to tell what happened, the oldest line first. Does not ask whether it was changed: that is for {@link
 * EvidenceVerifier}. May run while the log is written.
 *
 * <p>What is no line of evidence is left out.
 */
public final class EvidenceLines {
    private static final JsonMapper JSON = new JsonMapper();

    private EvidenceLines() {}

    /**
     * All lines of a directory; none if it is not there. To be closed.
     *
     * @throws UncheckedIOException then or later, if a file cannot be read
     */
    public static Stream<EvidenceLine> read(Path directory) {
        return read(directory, LocalDate.MIN);
    }

    /**
     * The lines of the files from that day (UTC) on. To be closed. A file may begin with a line of the day before, and have lines of a later
     * day if the clock was set back.
     *
     * @throws UncheckedIOException then or later, if a file cannot be read
     */
    public static Stream<EvidenceLine> read(Path directory, LocalDate since) {
        if (Files.notExists(directory)) {
            return Stream.empty();
        }
        try {
            // A flatMap closes each file when it is through with it, and holds one open at a time.
            return new EvidenceDirectory(directory)
                    .dayFiles().stream()
                            .filter(file -> !EvidenceDirectory.dayOf(file)
                                    .orElse(LocalDate.MIN)
                                    .isBefore(since))
                            .flatMap(EvidenceLines::linesOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<EvidenceLine> linesOf(Path file) {
        try {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
            Iterator<EvidenceLine> lines = new LinesOfFile(file.getFileName().toString(), reader);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
                    .onClose(() -> close(reader));
        } catch (NoSuchFileException e) {
            return Stream.empty(); // retention took it away meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One after the other; a line that is too long to be ours ends up unreadable and is left out. */
    private static final class LinesOfFile implements Iterator<EvidenceLine> {
        private final String file;
        private final BufferedReader reader;
        private long line;
        private Optional<EvidenceLine> next = Optional.empty();

        LinesOfFile(String file, BufferedReader reader) {
            this.file = file;
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            try {
                String text = "";
                while (next.isEmpty() && text != null) {
                    text = reader.readLine();
                    line++;
                    next = Optional.ofNullable(text).flatMap(this::parsed);
                }
                return next.isPresent();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public EvidenceLine next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            EvidenceLine found = next.orElseThrow();
            next = Optional.empty();
            return found;
        }

        private Optional<EvidenceLine> parsed(String text) {
            try {
                JsonNode fields = JSON.readTree(text);
                return Optional.of(new EvidenceLine(
                        file,
                        line,
                        fields.required("seq").asLong(),
                        Instant.parse(fields.required("time").asText()),
                        fields.required("type").asText(),
                        fields));
            } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
