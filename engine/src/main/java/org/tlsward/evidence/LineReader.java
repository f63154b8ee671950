/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a file of evidence line by line, whatever is in it. */
final class LineReader implements Closeable {
    /** Longer than any line that {@link LineEncoder} makes. */
    static final int LONGEST_LINE = 1 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Set<String> OWN = Set.of("start", "checkpoint", "retention");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * One line.
     *
     * @param end where it ends in the file, behind its last byte
     * @param ended true if it ends in LF
     * @param hash SHA-256 of all its bytes
     * @param head what it says of itself; empty if it is no whole line of evidence
     */
    record Line(long end, boolean ended, String hash, Optional<Head> head) {}

    /**
     * What every line begins with.
     *
     * @param sequence its number
     * @param previous the hash of the line before
     * @param type what it is about
     * @param own the whole line without its LF, if the log says it of itself
     */
    record Head(long sequence, String previous, String type, Optional<String> own) {}

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long position;

    private LineReader(InputStream in, long position) {
        this.in = in;
        this.position = position;
    }

    /** Reads from that byte on. */
    static LineReader open(Path file, long from) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        bytes.skipNBytes(from);
        return new LineReader(bytes, from);
    }

    /** The next line, or empty at the end of the file. */
    Optional<Line> next() throws IOException {
        MessageDigest digest = ChainLink.sha256();
        ByteArrayOutputStream kept = new ByteArrayOutputStream(2048);
        long start = position;
        boolean ended = false;
        while (!ended && fill()) {
            int end = endOfLine();
            ended = buffer[end - 1] == '\n';
            digest.update(buffer, from, end - from);
            if (kept.size() < LONGEST_LINE) {
                kept.write(buffer, from, end - from);
            }
            position += end - from;
            from = end;
        }
        if (position == start) {
            return Optional.empty();
        }
        boolean whole = ended && position - start <= LONGEST_LINE;
        Optional<Head> head = whole ? head(kept.toByteArray()) : Optional.empty();
        return Optional.of(new Line(position, ended, HexFormat.of().formatHex(digest.digest()), head));
    }

    /** False at the end of the file. */
    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return from < to;
    }

    /** Behind the next LF of the buffer, or behind its last byte. */
    private int endOfLine() {
        int at = from;
        while (at < to) {
            if (buffer[at++] == '\n') {
                return at;
            }
        }
        return at;
    }

    private static Optional<Head> head(byte[] line) {
        try (JsonParser json = JSON.createParser(line)) {
            long version = 0;
            long sequence = 0;
            String previous = "";
            String type = "";
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_NUMBER_INT && name.equals("v")) {
                    version = json.getLongValue();
                } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("seq")) {
                    sequence = json.getLongValue();
                } else if (value == JsonToken.VALUE_STRING && name.equals("prev")) {
                    previous = json.getText();
                } else if (value == JsonToken.VALUE_STRING && name.equals("type")) {
                    type = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            boolean sound = json.nextToken() == null
                    && version == ChainLink.VERSION
                    && sequence > 0
                    && HASH.matcher(previous).matches()
                    && !type.isEmpty();
            return sound ? Optional.of(new Head(sequence, previous, type, own(type, line))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> own(String type, byte[] line) {
        return OWN.contains(type)
                ? Optional.of(new String(line, 0, line.length - 1, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
