/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the log goes, as {@code evidence-head} says it: one signed JSON object of a fixed length.
 *
 * <p>Before a group of lines is written, the head announces it: where the log ends now, and where it will end ({@code next}). When
 * the group is on disk, the head says that the log ends there. So each line is signed for, and at a crash the head tells what was
 * under way: nothing else may stand behind its end.
 *
 * @param time when it was signed
 * @param link the last line on disk
 * @param file the name of the file that is written; empty before the first line
 * @param length of that file
 * @param next what is being written
 */
record SignedHead(Instant time, ChainLink link, String file, long length, Optional<Next> next) {
    /** All bytes of the file, LF included: it is written over itself, and less than what disks write at once. */
    static final int BYTES = 1024;

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Where the log will end.
     *
     * @param link the last line
     * @param length of the file
     */
    record Next(ChainLink link, long length) {}

    byte[] encode(SigningKey key) {
        String time = this.time.toString();
        StringBuilder text = new StringBuilder(BYTES)
                .append("{\"v\":1,\"time\":\"" + time + "\",\"seq\":" + link.sequence() + ",\"hash\":\"" + link.hash())
                .append("\",\"file\":\"" + file + "\",\"length\":" + length);
        next.ifPresent(
                coming -> text.append(",\"next\":{\"seq\":" + coming.link().sequence())
                        .append(",\"hash\":\"" + coming.link().hash() + "\",\"length\":" + coming.length() + "}"));
        text.append(",\"key\":\"" + key.publicHalf().fingerprint() + "\"");
        String signature = key.sign(SignedText.Purpose.HEAD, text.toString());
        text.append(SignedText.end(signature));
        text.append(" ".repeat(BYTES - 1 - text.length())).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty if it is not all of a head, or not signed with that key. */
    static Optional<SignedHead> decode(byte[] bytes, EvidenceKey key) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (bytes.length != BYTES || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String object = text.substring(0, BYTES - 1).replaceFirst(" +\\z", "");
        return SignedText.of(SignedText.Purpose.HEAD, object)
                .filter(key::hasSigned)
                .flatMap(signed -> parse(object));
    }

    private static Optional<SignedHead> parse(String object) {
        try {
            JsonNode head = JSON.readTree(object);
            JsonNode next = head.path("next");
            return Optional.of(new SignedHead(
                    Instant.parse(head.required("time").asText()),
                    link(head),
                    head.required("file").asText(),
                    head.required("length").asLong(),
                    next.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(
                                    new Next(link(next), next.required("length").asLong()))));
        } catch (JsonProcessingException | IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty(); // signed by a newer version, perhaps
        }
    }

    private static ChainLink link(JsonNode node) {
        return new ChainLink(
                node.required("seq").asLong(), node.required("hash").asText());
    }
}
