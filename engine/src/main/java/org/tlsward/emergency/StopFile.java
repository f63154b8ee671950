/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.files.PrivateFile;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/** The emergency stops on disk: a line that says what it is, then a JSON object a line, replaced as a whole. */
public final class StopFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "tlsward-emergency";
    private static final int VERSION = 2;

    private final Path file;

    /** That of the server whose {@code var} is this directory. */
    public static StopFile of(Path var) {
        return new StopFile(var.resolve("tlsward").resolve("emergency-stops"));
    }

    StopFile(Path file) {
        this.file = file;
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /**
     * What is stopped; nothing where there is no file.
     *
     * @throws UncheckedIOException if there is a file that cannot be read as a whole
     */
    public List<EmergencyStop> read() {
        try {
            List<String> lines = Files.readAllLines(file);
            List<EmergencyStop> stops = new ArrayList<>();
            for (String line : isHead(lines) ? lines.subList(1, lines.size()) : lines) {
                stops.add(parse(line));
            }
            return List.copyOf(stops);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new UncheckedIOException(new IOException(
                    file + " cannot be read: " + e.getMessage()
                            + " (expected: one stop a line as TLS Ward has written it; without the file nothing is stopped)",
                    e));
        }
    }

    /** Without a head it is of the first version. */
    private static boolean isHead(List<String> lines) throws IOException {
        JsonNode head = lines.isEmpty() ? JsonNodeFactory.instance.objectNode() : JSON.readTree(lines.get(0));
        if (!head.has("format")) {
            return false;
        }
        if (!FORMAT.equals(head.path("format").asText())
                || head.path("version").asInt() < 1
                || head.path("version").asInt() > VERSION) {
            throw new IllegalArgumentException(
                    "unsupported format " + head + " (expected: " + FORMAT + ", version 1 to " + VERSION + ")");
        }
        return true;
    }

    private static EmergencyStop parse(String line) throws IOException {
        JsonNode stop = JSON.readTree(line);
        return new EmergencyStop(
                What.of(text(stop, "what"))
                        .orElseThrow(() -> new IllegalArgumentException("unsupported stop \"" + line + "\"")),
                text(stop, "name"),
                text(stop, "why"),
                text(stop, "by"),
                Instant.parse(text(stop, "since")),
                stop.has("until") ? Optional.of(Instant.parse(text(stop, "until"))) : Optional.empty());
    }

    private static String text(JsonNode stop, String name) {
        if (!stop.path(name).isTextual()) {
            throw new IllegalArgumentException("a stop without \"" + name + "\"");
        }
        return stop.path(name).asText();
    }

    /**
     * When this returns they have reached the disk.
     *
     * @throws IOException if they have not; then the file is as it was
     */
    public void write(List<EmergencyStop> stops) throws IOException {
        StringBuilder text = new StringBuilder();
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        text.append(head.put("format", FORMAT).put("version", VERSION)).append('\n');
        for (EmergencyStop stop : stops) {
            ObjectNode line = JsonNodeFactory.instance
                    .objectNode()
                    .put("what", stop.what().word())
                    .put("name", stop.name())
                    .put("why", stop.why())
                    .put("by", stop.by())
                    .put("since", stop.since().toString());
            stop.until().ifPresent(until -> line.put("until", until.toString()));
            text.append(line).append('\n');
        }
        PrivateFile.replace(file, text.toString());
    }
}
