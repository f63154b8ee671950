/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * How withheld mail is kept, and who may release it.
 *
 * @param keep how long; then the sender gets a notice and the mail is removed
 * @param fourEyes true if a release that lowers the requirement needs a second person
 * @param digest when, in UTC, the admin gets the list of the day; empty if never
 * @param digestTo who gets it; empty for the postmaster
 * @param fullAddresses true if the list names recipients, false if only their domains
 * @param languages of the list, one after the other
 * @param key file with the key that mail is encrypted with where it is kept; empty if it is not
 */
public record QuarantineSettings(
        Duration keep,
        boolean fourEyes,
        Optional<LocalTime> digest,
        Optional<String> digestTo,
        boolean fullAddresses,
        List<String> languages,
        Optional<Path> key) {

    /** Of a file that does not mention it. */
    public static final QuarantineSettings DEFAULT = new QuarantineSettings(
            Duration.ofDays(30),
            true,
            Optional.of(LocalTime.of(6, 0)),
            Optional.empty(),
            true,
            List.of("en"),
            Optional.empty());

    /** Copies its arguments. */
    public QuarantineSettings {
        languages = List.copyOf(languages);
    }
}
