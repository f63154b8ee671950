/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** What somebody can do to a log who may write its files. */
final class CopiedLog {
    private CopiedLog() {}

    /** Copies log and keys. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** All lines, the oldest first. */
    static List<JsonNode> lines(Path directory) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (Path file : new EvidenceDirectory(directory).dayFiles()) {
            for (String line : Files.readAllLines(file)) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Computes the whole chain anew over lines that are changed on the way; what becomes empty goes. */
    static void rewrite(Path directory, BinaryOperator<String> change) throws IOException {
        ChainLink link = ChainLink.START;
        for (Path file : new EvidenceDirectory(directory).dayFiles()) {
            ByteArrayOutputStream rewritten = new ByteArrayOutputStream();
            for (String line : Files.readAllLines(file)) {
                String changed = change.apply(
                        new ObjectMapper().readTree(line).get("type").asText(), line);
                if (changed.isEmpty()) {
                    continue;
                }
                byte[] opening = link.opening();
                byte[] rest = (changed.substring(changed.indexOf("\"time\"")) + "\n").getBytes(StandardCharsets.UTF_8);
                link = link.after(opening, rest);
                rewritten.writeBytes(opening);
                rewritten.writeBytes(rest);
            }
            Files.write(file, rewritten.toByteArray());
        }
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** The number of the line with that byte, from 1 on. */
    static long lineAt(byte[] file, int offset) {
        long line = 1;
        for (int i = 0; i < offset; i++) {
            if (file[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(ChainLink.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
