/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code protocols=} allows.
 *
 * @param allowed of {@link #ALL}
 */
record Protocols(Set<String> allowed) {
    private static final List<String> ALL = List.of("sslv2", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3");

    /** Reads the values; empty if there is a word that we do not know. */
    static Optional<Protocols> parse(List<String> values) {
        Set<String> allowed = new LinkedHashSet<>(ALL);
        List<String> included = new ArrayList<>();
        for (String value : values) {
            for (String word : value.toLowerCase(Locale.ROOT).split("[:,\\s]+")) {
                if (!word.isEmpty() && !apply(word, allowed, included)) {
                    return Optional.empty();
                }
            }
        }
        if (!included.isEmpty()) {
            allowed.retainAll(included);
        }
        return Optional.of(new Protocols(Set.copyOf(allowed)));
    }

    private static boolean apply(String word, Set<String> allowed, List<String> included) {
        String name = word.replaceFirst("^(!|>=|<=)", "");
        int at = ALL.indexOf(name);
        if (at < 0) {
            return false;
        }
        if (word.startsWith("!")) {
            allowed.remove(name);
        } else if (word.startsWith(">=")) {
            allowed.removeAll(ALL.subList(0, at));
        } else if (word.startsWith("<=")) {
            allowed.removeAll(ALL.subList(at + 1, ALL.size()));
        } else {
            included.add(name);
        }
        return true;
    }

    boolean allows(String protocol) {
        return allowed.contains(protocol);
    }
}
