/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The date of a {@code Received} line (RFC 5322 §3.3; zones by name: §4.3). */
final class ReceivedDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> ZONES = Map.of(
            "ut", 0, "gmt", 0, "utc", 0, "z", 0, "est", -5, "edt", -4, "cst", -6, "cdt", -5, "pst", -8, "pdt", -7);

    private ReceivedDate() {}

    /** @param words without comments: day, month, year, time, zone, perhaps after the name of the day */
    static Optional<Instant> of(List<String> words) {
        int first = !words.isEmpty() && words.get(0).endsWith(",") ? 1 : 0;
        if (words.size() < first + 5) {
            return Optional.empty();
        }
        try {
            return instant(words.subList(first, first + 5));
        } catch (DateTimeException | NumberFormatException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(List<String> words) {
        int month = MONTHS.indexOf(words.get(1).toLowerCase(Locale.ROOT)) + 1;
        String time = words.get(3);
        boolean seconds = time.length() == 8;
        if (month == 0 || (!seconds && time.length() != 5)) {
            return Optional.empty();
        }
        LocalDateTime local = LocalDateTime.of(
                number(words.get(2)),
                month,
                number(words.get(0)),
                number(time.substring(0, 2)),
                number(time.substring(3, 5)),
                seconds ? Math.min(number(time.substring(6)), 59) : 0); // a leap second has no place in java.time
        return zone(words.get(4)).map(local::toInstant);
    }

    private static Optional<ZoneOffset> zone(String text) {
        if (text.length() == 5 && (text.startsWith("+") || text.startsWith("-"))) {
            int sign = text.startsWith("-") ? -1 : 1;
            return Optional.of(ZoneOffset.ofHoursMinutes(
                    sign * number(text.substring(1, 3)), sign * number(text.substring(3, 5))));
        }
        return Optional.ofNullable(ZONES.get(text.toLowerCase(Locale.ROOT))).map(ZoneOffset::ofHours);
    }

    private static int number(String digits) {
        if (digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException("no number");
        }
        return Integer.parseInt(digits);
    }
}
