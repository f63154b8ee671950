/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is left to do for the report of one domain.
 *
 * @param domain that it is about
 * @param target where to send it; empty if the record of the domain has yet to be asked for
 * @param attempts that failed
 * @param next when to try
 * @param giveUp when not to try any more
 */
record ReportTask(String domain, Optional<ReportUri> target, int attempts, Instant next, Instant giveUp) {
    /** RFC 8460 §5.5: redelivery for up to 24 hours after the first attempt. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(4);

    static ReportTask first(String domain, Instant start) {
        return new ReportTask(domain, Optional.empty(), 0, start, start.plus(PATIENCE));
    }

    ReportTask to(ReportUri uri, Instant now) {
        return new ReportTask(domain, Optional.of(uri), 0, now, giveUp);
    }

    /** The same later, with pauses that double (RFC 8460 §5.5); empty if that is too late. */
    Optional<ReportTask> later(Instant now) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        Instant again = now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        return again.isAfter(giveUp)
                ? Optional.empty()
                : Optional.of(new ReportTask(domain, target, attempts + 1, again, giveUp));
    }

    String line() {
        return String.join(
                "\t",
                domain,
                target.map(ReportUri::text).orElse("-"),
                Integer.toString(attempts),
                Long.toString(next.getEpochSecond()),
                Long.toString(giveUp.getEpochSecond()));
    }

    static ReportTask parse(String line) {
        String[] words = line.split("\t", 5);
        return new ReportTask(
                words[0],
                ReportUri.parse(words[1]),
                Integer.parseInt(words[2]),
                Instant.ofEpochSecond(Long.parseLong(words[3])),
                Instant.ofEpochSecond(Long.parseLong(words[4])));
    }
}
