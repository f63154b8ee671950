/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The languages that we explain things in. */
public enum Language {
    /** German. */
    DE("dd.MM.uuuu, HH:mm 'Uhr (UTC'xxx')'"),
    /** English. */
    EN("uuuu-MM-dd HH:mm '(UTC'xxx')'"),
    /** French. */
    FR("dd/MM/uuuu 'à' HH:mm '(UTC'xxx')'");

    private final String timePattern;

    Language(String timePattern) {
        this.timePattern = timePattern;
    }

    /** The code of the configuration, for example {@code de}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How a time is written; only digits, so that no locale data is needed. */
    String timePattern() {
        return timePattern;
    }

    /** The language of a code or a tag like {@code de-AT} (RFC 5646); case is ignored. */
    public static Optional<Language> of(String tag) {
        String primary = tag.strip().split("[-_]", 2)[0];
        return Arrays.stream(values())
                .filter(language -> language.code().equalsIgnoreCase(primary))
                .findFirst();
    }

    /** All codes, for error messages. */
    public static String codes() {
        return Arrays.stream(values()).map(Language::code).collect(Collectors.joining(", "));
    }
}
