/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.attest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a mail this mail. Header fields are compared as DKIM does it with {@code relaxed} (RFC 6376 §3.4.2), every one of a name, in the
 * order of the header; the body with {@code simple} (§3.4.3), so that what is lost or gained at its end does not matter.
 *
 * @param messageId as it stands, if there is one of a usual form
 * @param fields hash of the fields
 * @param body hash of the body
 */
public record MessageBinding(Optional<String> messageId, String fields, String body) {
    private static final List<String> NAMES = List.of("message-id", "date", "from", "to", "cc", "subject");

    /** Beyond that nobody has a header. */
    private static final int LONGEST_HEADER = 1 << 20;

    /**
     * Reads a message.
     *
     * @param in closed by the caller
     * @throws IOException if the header is longer than anybody has one: what is not hashed could be changed
     */
    public static MessageBinding of(InputStream in) throws IOException {
        Reader reader = new Reader(new BufferedInputStream(in));
        Map<String, StringBuilder> found = new LinkedHashMap<>();
        NAMES.forEach(name -> found.put(name, new StringBuilder()));
        int read = 0;
        StringBuilder field = new StringBuilder();
        for (byte[] line = reader.line(); line != null && line.length > 0; line = reader.line()) {
            read += line.length;
            if (read > LONGEST_HEADER) {
                throw new IOException("the header is too long (expected: at most " + LONGEST_HEADER + " octets)");
            }
            String text = new String(line, StandardCharsets.ISO_8859_1);
            boolean folded = text.startsWith(" ") || text.startsWith("\t");
            if (!folded) {
                take(field.toString(), found);
                field.setLength(0);
            }
            field.append(text);
        }
        take(field.toString(), found);
        MessageDigest fields = sha256();
        found.values()
                .forEach(each -> fields.update(each.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1)));
        return new MessageBinding(messageId(found.get("message-id")), base64(fields), body(reader));
    }

    private static void take(String field, Map<String, StringBuilder> found) {
        int colon = field.indexOf(':');
        if (colon < 0) {
            return;
        }
        String name = field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        StringBuilder values = found.get(name);
        if (values != null) {
            String value = field.substring(colon + 1).replaceAll("[ \\t]+", " ").strip();
            values.append(name).append(':').append(value).append("\r\n");
        }
    }

    private static Optional<String> messageId(StringBuilder field) {
        String value = field.toString().replaceFirst("^message-id:", "").strip();
        return Optional.of(value).filter(text -> text.matches("<[\\x21-\\x7E&&[^;<>]]{1,200}>"));
    }

    private static String body(Reader reader) throws IOException {
        MessageDigest digest = sha256();
        int empty = 0;
        for (byte[] line = reader.line(); line != null; line = reader.line()) {
            if (line.length == 0) {
                empty++;
                continue;
            }
            for (; empty > 0; empty--) {
                digest.update(new byte[] {'\r', '\n'});
            }
            digest.update(line);
            digest.update(new byte[] {'\r', '\n'});
        }
        return base64(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static String base64(MessageDigest digest) {
        return Base64.getEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /** Lines as they are sent: a bare CR or LF ends one as CRLF does (RFC 5321 §2.3.8). */
    private static final class Reader {
        private final InputStream in;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean afterCr;

        Reader(InputStream in) {
            this.in = in;
        }

        /** Without its end; null after the last one. */
        byte[] line() throws IOException {
            line.reset();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                boolean second = afterCr && octet == '\n';
                afterCr = octet == '\r';
                if (second) {
                    continue;
                }
                if (octet == '\r' || octet == '\n') {
                    return line.toByteArray();
                }
                line.write(octet);
            }
            return line.size() == 0 ? null : line.toByteArray();
        }
    }
}
