/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the file: a name, a day, a hash.
 *
 * @param name who it is for
 * @param made on which day
 * @param hash of the secret
 */
record TokenEntry(String name, LocalDate made, SecretHash hash) {
    static final String NAME_EXPECTED =
            "up to 64 letters, digits, hyphens and underscores, for example anna or grafana-2";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The line, as {@link #parse} reads it. */
    String format() {
        return name + " " + made + " " + hash.format();
    }

    static Optional<TokenEntry> parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != 3 || !isName(words[0])) {
            return Optional.empty();
        }
        try {
            LocalDate made = LocalDate.parse(words[1]);
            return SecretHash.parse(words[2]).map(hash -> new TokenEntry(words[0], made, hash));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
