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
import org.tlsward.evidence.EvidenceEntry;

/** One line of evidence, and where it stands. */
public final class ArchivedLine {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int VERSION = 1;

    private final String file;
    private final long number;
    private final byte[] bytes;
    private final JsonNode json;
    private final Instant time;

    private ArchivedLine(String file, long number, byte[] bytes, JsonNode json, Instant time) {
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
        return new LinePlace(file, number, json.path("seq").asLong(), hash());
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
