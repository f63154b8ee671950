/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The beginning of a time that somebody asks about: {@code 2026-11-22}, {@code 2026-11-22T12:00:00Z}, {@code 7d} or {@code 12h}. */
public final class Since {
    private static final String AGO = "[1-9][0-9]{0,4}[dh]";

    /** Nobody asks about more, and days are counted with fewer years than seconds are. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private Since() {}

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with a message that says what was expected
     */
    public static Instant parse(String text, Clock clock) {
        try {
            if (text.matches(AGO)) {
                long number = Long.parseLong(text.substring(0, text.length() - 1));
                Duration ago = text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
                return clock.instant().minus(ago);
            }
            Instant since = text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (since.isBefore(EARLIEST) || since.isAfter(LATEST)) {
                throw new DateTimeException("beyond all calendars");
            }
            return since;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "unsupported time \"" + text + "\" (expected: a date like 2026-11-22, or 7d for seven days ago)",
                    e);
        }
    }
}
