/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An {@code <exception>} of the configuration: for these destinations, until that day, it replaces what classes, marks and the
 * destination rule demand. It never replaces REQUIRETLS.
 *
 * @param match which recipient domains
 * @param level the word of the configuration
 * @param required what is demanded instead
 * @param reason why, for those who ask later
 * @param until the last day on which it counts; a day ends at midnight UTC, so that every server of a cluster agrees
 * @param publishedIgnored also what the destination publishes (DANE, MTA-STS) does not count
 */
public record PolicyException(
        DomainMatch match,
        TlsLevel level,
        Requirement required,
        String reason,
        LocalDate until,
        boolean publishedIgnored) {

    /** True up to the end of {@code until}. */
    public boolean isActiveAt(Instant now) {
        return now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
