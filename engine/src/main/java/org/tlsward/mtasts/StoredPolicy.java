/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import org.tlsward.files.FormatLine;

/**
 * The form of a policy on the disk: four lines about it, the policy file as it was fetched, and the SHA-256 of all that.
 *
 * <pre>
 * tlsward-mtasts 1
 * domain example.org
 * id 20261122T100000
 * fetched 2026-11-22T10:00:00Z
 * version: STSv1
 * ...
 * sha256 0123...
 * </pre>
 */
final class StoredPolicy {
    static final FormatLine FORMAT = new FormatLine("tlsward-mtasts", 1);

    private static final String KIND = FORMAT.text();
    private static final String DOMAIN = "domain ";
    private static final String ID = "id ";
    private static final String FETCHED = "fetched ";
    private static final String CHECKSUM = "sha256 ";
    private static final int HEADER_LINES = 4;

    private StoredPolicy() {}

    static String encode(String domain, HeldPolicy held) {
        String text = KIND + "\n" + DOMAIN + domain + "\n" + ID + held.id() + "\n" + FETCHED + held.fetched() + "\n"
                + String.join("\n", held.policy().lines()) + "\n";
        return text + CHECKSUM + checksum(text) + "\n";
    }

    /**
     * Reads it again.
     *
     * @throws IllegalArgumentException with the reason, if it is not whole or not about that domain
     */
    static HeldPolicy decode(String domain, String text) {
        int end = text.lastIndexOf("\n" + CHECKSUM) + 1;
        String before = text.substring(0, end);
        FORMAT.newerThanThis(text).ifPresent(newer -> {
            throw new IllegalArgumentException(newer);
        });
        if (!text.startsWith(KIND + "\n")) {
            throw new IllegalArgumentException("the first line is another (expected: \"" + KIND + "\")");
        }
        if (!text.substring(end).equals(CHECKSUM + checksum(before) + "\n")) {
            throw new IllegalArgumentException("the checksum is wrong: the file is damaged");
        }
        String[] lines = before.split("\n", HEADER_LINES + 1);
        if (lines.length <= HEADER_LINES || !lines[1].equals(DOMAIN + domain)) {
            throw new IllegalArgumentException("the file is about another domain (expected: " + domain + ")");
        }
        return new HeldPolicy(policy(lines[HEADER_LINES]), value(ID, lines[2]), instant(value(FETCHED, lines[3])));
    }

    private static StsPolicy policy(String text) {
        if (StsPolicyText.parse(text) instanceof StsFetch.Fetched fetched) {
            return fetched.policy();
        }
        throw new IllegalArgumentException("there is no policy in it");
    }

    private static String value(String name, String line) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("unexpected line \"" + line + "\" (expected: " + name + "...)");
        }
        return line.substring(name.length());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("unsupported time \"" + text + "\"", e);
        }
    }

    private static String checksum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
