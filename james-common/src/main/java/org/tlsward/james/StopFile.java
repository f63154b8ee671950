/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.files.PrivateFile;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/** The emergency stops on disk: a JSON object a line, replaced as a whole. */
final class StopFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    StopFile(Path file) {
        this.file = file;
    }

    /** @throws UncheckedIOException if there is a file that cannot be read as a whole */
    List<EmergencyStop> read() {
        try {
            List<EmergencyStop> stops = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
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

    private static EmergencyStop parse(String line) throws IOException {
        JsonNode stop = JSON.readTree(line);
        return new EmergencyStop(
                What.of(text(stop, "what"))
                        .orElseThrow(() -> new IllegalArgumentException("unsupported stop \"" + line + "\"")),
                text(stop, "name"),
                text(stop, "why"),
                text(stop, "by"),
                Instant.parse(text(stop, "since")));
    }

    private static String text(JsonNode stop, String name) {
        if (!stop.path(name).isTextual()) {
            throw new IllegalArgumentException("a stop without \"" + name + "\"");
        }
        return stop.path(name).asText();
    }

    /** When this returns they have reached the disk. */
    void write(List<EmergencyStop> stops) throws IOException {
        StringBuilder text = new StringBuilder();
        for (EmergencyStop stop : stops) {
            text.append(JsonNodeFactory.instance
                            .objectNode()
                            .put("what", stop.what().word())
                            .put("name", stop.name())
                            .put("why", stop.why())
                            .put("by", stop.by())
                            .put("since", stop.since().toString()))
                    .append('\n');
        }
        PrivateFile.replace(file, text.toString());
    }
}
