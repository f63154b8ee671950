/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a server offers in its answer to EHLO (RFC 5321 §4.1.1.1). What it offered before a handshake is forgotten after it
 * (RFC 3207 §4.2).
 *
 * @param parameters of each keyword, keywords in upper case
 */
public record Extensions(Map<String, List<String>> parameters) {

    /** What a server offers that only knows HELO. */
    public static final Extensions NONE = new Extensions(Map.of());

    /** Copies its arguments. */
    public Extensions {
        parameters = Map.copyOf(parameters);
    }

    /** Reads the lines after the first one, which is the server's name. */
    static Extensions of(Reply ehlo) {
        Map<String, List<String>> found = new HashMap<>();
        for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
            // Old servers write AUTH=PLAIN; the blank is the standard (RFC 5321 §4.1.1.1).
            List<String> words = Arrays.stream(line.trim().split("[ =]+"))
                    .map(word -> word.toUpperCase(Locale.ROOT))
                    .toList();
            if (!words.isEmpty()) { // a line of separators only says nothing
                found.merge(words.get(0), words.subList(1, words.size()), Extensions::both);
            }
        }
        return new Extensions(found);
    }

    private static List<String> both(List<String> one, List<String> two) {
        List<String> all = new ArrayList<>(one);
        all.addAll(two);
        return all;
    }

    /** True if the keyword is listed. */
    public boolean has(String keyword) {
        return parameters.containsKey(keyword);
    }

    /** RFC 3207. */
    public boolean startTls() {
        return has("STARTTLS");
    }

    /** RFC 8689. */
    public boolean requireTls() {
        return has("REQUIRETLS");
    }

    /** RFC 2920. */
    public boolean pipelining() {
        return has("PIPELINING");
    }

    /** RFC 6152. */
    public boolean eightBitMime() {
        return has("8BITMIME");
    }

    /** RFC 6531; it is of no use without 8BITMIME (§3.1 item 8). */
    public boolean smtpUtf8() {
        return has("SMTPUTF8") && eightBitMime();
    }

    /** RFC 3461. */
    public boolean dsn() {
        return has("DSN");
    }

    /** RFC 1870. */
    public boolean size() {
        return has("SIZE");
    }

    /** The largest message that the server takes; empty if it does not say, or says zero (RFC 1870 §4). */
    public OptionalLong largestMessage() {
        return parameters.getOrDefault("SIZE", List.of()).stream()
                .findFirst()
                .map(Extensions::positive)
                .orElse(OptionalLong.empty());
    }

    /** How many recipients one transaction may have (RFC 9422 §4.2). */
    public OptionalLong mostRecipients() {
        List<String> limits = parameters.getOrDefault("LIMITS", List.of());
        int name = limits.indexOf("RCPTMAX");
        return name >= 0 && name + 1 < limits.size() ? positive(limits.get(name + 1)) : OptionalLong.empty();
    }

    /** True if AUTH PLAIN is offered (RFC 4954, RFC 4616). */
    public boolean authPlain() {
        return parameters.getOrDefault("AUTH", List.of()).contains("PLAIN");
    }

    private static OptionalLong positive(String digits) {
        if (!digits.matches("[0-9]{1,18}")) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(digits);
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
