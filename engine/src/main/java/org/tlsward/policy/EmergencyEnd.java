/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when an emergency stop is to end: {@code 30m}, {@code 2h}, {@code 3d}, or an ISO date and time. */
public final class EmergencyEnd {
    /** Longer is a typing error, or no emergency any more. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([mhd])");

    private EmergencyEnd() {}

    /**
     * The end.
     *
     * @param now by the clock of whoever waits for it
     * @param zone of a date and time that names none
     * @throws IllegalArgumentException if it is none, or past, or too far away
     */
    public static Instant parse(String text, Instant now, ZoneId zone) {
        Instant end;
        try {
            end = read(text.strip(), now, zone).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw unsupported(text, "30m, 2h, 3d, or a date and time like 2027-03-01T06:00:00Z", e);
        }
        if (!end.isAfter(now)) {
            throw unsupported(text, "a time to come", null);
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw unsupported(text, "at most " + LONGEST.toDays() + "d; it can be extended", null);
        }
        return end;
    }

    private static Instant read(String text, Instant now, ZoneId zone) {
        Matcher span = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        if (span.matches()) {
            long number = Long.parseLong(span.group(1));
            ChronoUnit unit =
                    switch (span.group(2)) {
                        case "m" -> ChronoUnit.MINUTES;
                        case "h" -> ChronoUnit.HOURS;
                        default -> ChronoUnit.DAYS;
                    };
            return now.plus(Duration.of(number, unit));
        }
        String upper = text.toUpperCase(Locale.ROOT);
        boolean withZone = upper.endsWith("Z") || upper.matches(".*[0-9][+-][0-9]{2}:?[0-9]{2}");
        return withZone
                ? OffsetDateTime.parse(upper).toInstant()
                : LocalDateTime.parse(upper).atZone(zone).toInstant();
    }

    private static IllegalArgumentException unsupported(String text, String expected, Exception cause) {
        return new IllegalArgumentException(
                "unsupported end \"" + text.strip() + "\" (expected: " + expected + ")", cause);
    }
}
