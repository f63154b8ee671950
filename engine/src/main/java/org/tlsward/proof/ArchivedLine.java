/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tlsward.evidence.EvidenceEntry;

/** One line of evidence, and where it stands. */
public final class ArchivedLine {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int VERSION = 1;
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9\\[][A-Za-z0-9.:_\\]-]{0,254}");

    private final String node;
    private final String file;
    private final long number;
    private final byte[] bytes;
    private final JsonNode json;
    private final Instant time;

    private ArchivedLine(String node, String file, long number, byte[] bytes, JsonNode json, Instant time) {
        this.node = node;
        this.file = file;
        this.number = number;
        this.bytes = bytes;
        this.json = json;
        this.time = time;
    }

    /** Empty if it is no line of evidence. */
    static Optional<ArchivedLine> parse(String file, long number, byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            boolean ours = json.isObject()
                    && json.path("v").asInt() == VERSION
                    && json.path("seq").asLong() > 0
                    && json.path("type").isTextual();
            return ours
                    ? Optional.of(new ArchivedLine(
                            "",
                            file,
                            number,
                            bytes,
                            json,
                            Instant.parse(json.path("time").asText())))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Where it stands. */
    public LinePlace place() {
        return new LinePlace(node, file, number, json.path("seq").asLong(), hash());
    }

    /** The same one, with the name of the server that wrote it. */
    ArchivedLine of(String writer) {
        return writer.isEmpty() ? this : new ArchivedLine(writer, file, number, bytes, json, time);
    }

    /** Which server writes from here on, if this is a line that tells. */
    Optional<String> writer() {
        boolean tells = type().equals("start") || type().equals("checkpoint");
        String name = json.path("node").asText();
        return tells && NODE.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** When it happened. */
    public Instant time() {
        return time;
    }

    /** What it is about, for example {@code attempt}. */
    public String type() {
        return json.path("type").asText();
    }

    private String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has SHA-256.
            throw new IllegalStateException(e);
        }
    }

    /** What it says; empty for lines that are about the log itself, and for what a newer version has written. */
    public Optional<EvidenceEntry> entry() {
        return EntryDecoder.decode(time, json);
    }

    /** The members, as they stand there: hostile text. */
    JsonNode json() {
        return json;
    }
}
