/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads one member file from end to end: all of it, or what is wrong with it. */
final class MemberFileReader {
    /** A line longer than that is no address: the file is something else. */
    private static final int LONGEST_LINE = 4096;

    /** More complaints help nobody. */
    private static final int MOST_COMPLAINTS = 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Path path;
    private final MemberSet.Builder members;
    private final List<String> complaints = new ArrayList<>();
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private boolean tooLong;
    private int lineNumber;

    private MemberFileReader(Path path, String subAddressDelimiters) {
        this.path = path;
        this.members = new MemberSet.Builder(subAddressDelimiters);
    }

    /**
     * What a file says.
     *
     * @param members its entries
     * @param sha256 of its bytes, in hexadecimal
     */
    record Content(MemberSet members, String sha256) {}

    /**
     * Reads {@code path}.
     *
     * @throws IOException if it cannot be read
     * @throws MemberSourceException if a line is broken; it has the first 20 complaints
     */
    static Content read(Path path, String subAddressDelimiters) throws IOException {
        MemberFileReader reader = new MemberFileReader(path, subAddressDelimiters);
        MessageDigest digest = sha256();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            byte[] chunk = new byte[1 << 16];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
                reader.take(chunk, n);
            }
        }
        if (reader.length > 0) {
            reader.endLine();
        }
        if (!reader.complaints.isEmpty()) {
            throw new MemberSourceException(reader.complaints);
        }
        return new Content(reader.members.build(), HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void take(byte[] chunk, int n) {
        for (int i = 0; i < n && complaints.size() < MOST_COMPLAINTS; i++) {
            if (chunk[i] == '\n') {
                endLine();
            } else if (length < LONGEST_LINE) {
                line[length++] = chunk[i];
            } else {
                tooLong = true;
            }
        }
    }

    private void endLine() {
        lineNumber++;
        try {
            if (tooLong) {
                throw new IllegalArgumentException(
                        "longer than " + LONGEST_LINE + " bytes (expected: one address a line)");
            }
            String entry = withoutComment(text()).strip();
            if (!entry.isEmpty()) {
                members.addEntry(entry);
            }
        } catch (IllegalArgumentException e) {
            complaints.add(path + " line " + lineNumber + ": " + e.getMessage());
        }
        length = 0;
        tooLong = false;
    }

    private String text() {
        boolean marked = lineNumber == 1
                && length >= BYTE_ORDER_MARK.length
                && Arrays.equals(line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        int from = marked ? BYTE_ORDER_MARK.length : 0;
        for (int i = from; i < length; i++) {
            if (line[i] < 0) {
                return decode(from);
            }
        }
        return new String(line, from, length - from, StandardCharsets.ISO_8859_1);
    }

    private String decode(int from) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, from, length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "not UTF-8: \"" + new String(line, from, length - from, StandardCharsets.ISO_8859_1)
                            + "\" (expected: a text file in UTF-8)",
                    e);
        }
    }

    /** A comment begins with a # at the start of the line or after a blank: a # inside a local part is a letter like others. */
    private static String withoutComment(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                return text.substring(0, i);
            }
        }
        return text;
    }
}
