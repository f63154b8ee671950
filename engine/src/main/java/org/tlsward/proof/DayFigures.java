/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many of what, on a day or over more of them. Outbound counts recipients of mails: a mail for three of them counts three times.
 *
 * <ul>
 *   <li>{@code out.cleartext}, {@code out.encrypted}, {@code out.authenticated}: delivered, by what protected it;
 *   <li>{@code out.withheld}; {@code out.bounced}: given up, or sent back from quarantine; {@code out.delayed}: had to wait, counted once
 *       a day;
 *   <li>{@code in.accepted}, {@code in.refused}, {@code in.deferred} (451); {@code in.tls.none}, {@code in.tls.TLSv1.3} ...: what was accepted, by TLS;
 *   <li>{@code reason.tls-not-offered} ...: withheld for it; {@code deed.released} ...: done with mails in quarantine;
 *       {@code lowered.exception} ...: delivered although a rule had demanded more; {@code observed.dane-mismatch} ...: delivered although
 *       a rule that observes would have withheld it;
 *   <li>{@code cleartext.partner.example} ...: delivered in cleartext to that domain.
 * </ul>
 *
 * @param counts by name; what never happened is not there
 */
public record DayFigures(SortedMap<String, Long> counts) {
    /** Nothing happened. */
    public static final DayFigures NONE = new DayFigures(Collections.emptySortedMap());

    /** Copies its arguments. */
    public DayFigures {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** How many of that name. */
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** All names that begin so, without that beginning. */
    public SortedMap<String, Long> below(String prefix) {
        SortedMap<String, Long> found = new TreeMap<>();
        counts.tailMap(prefix).forEach((name, count) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), count);
            }
        });
        return found;
    }

    /** Both together. */
    public DayFigures plus(DayFigures other) {
        SortedMap<String, Long> sum = new TreeMap<>(counts);
        for (Map.Entry<String, Long> entry : other.counts.entrySet()) {
            sum.merge(entry.getKey(), entry.getValue(), Long::sum);
        }
        return new DayFigures(sum);
    }
}
