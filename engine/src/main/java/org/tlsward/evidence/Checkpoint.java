/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A signed line: the chain up to here is ours, and these files are there.
 *
 * @param time when it is signed
 * @param why it is written
 * @param files of evidence, the oldest first
 * @param closed the file that it follows, at a change of day
 * @param node which server writes, if it has a name
 */
record Checkpoint(Instant time, Why why, List<Path> files, Optional<Path> closed, Optional<String> node) {

    /** Why it is written. */
    enum Why {
        /** A process begins to write. */
        START("start"),
        /** An hour has passed. */
        HOUR("hour"),
        /** A new file begins. */
        DAY("day"),
        /** The disk takes lines again. */
        AGAIN("again"),
        /** The process ends in good order. */
        CLOSE("close");

        private final String word;

        Why(String word) {
            this.word = word;
        }
    }

    /** The line, after that opening. */
    byte[] encode(byte[] opening, SigningKey key) {
        byte[] members = LineEncoder.encode(json -> {
            json.writeStringField("time", time.toString());
            json.writeStringField("type", "checkpoint");
            json.writeStringField("why", why.word);
            json.writeObjectFieldStart("files");
            json.writeNumberField("count", files.size());
            json.writeStringField("first", name(files.get(0)));
            json.writeStringField("last", name(files.get(files.size() - 1)));
            json.writeEndObject();
            if (closed.isPresent()) {
                json.writeStringField("closed", name(closed.get()));
            }
            if (node.isPresent()) {
                json.writeStringField("node", node.get());
            }
            json.writeStringField("key", key.publicHalf().fingerprint());
        });
        String open = new String(members, 0, members.length - "}\n".length(), StandardCharsets.UTF_8);
        String signed = new String(opening, StandardCharsets.US_ASCII) + open;
        String signature = key.sign(SignedText.Purpose.CHECKPOINT, signed);
        return (open + SignedText.end(signature) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** The files with the one that is about to begin. */
    static List<Path> filesWith(EvidenceDirectory directory, Path current) throws IOException {
        List<Path> files = directory.dayFiles();
        return files.contains(current)
                ? files
                : java.util.stream.Stream.concat(files.stream(), java.util.stream.Stream.of(current))
                        .sorted()
                        .toList();
    }
}
