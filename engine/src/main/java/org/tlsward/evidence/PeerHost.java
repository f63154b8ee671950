/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.util.Locale;
import java.util.Optional;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.MtaSts;

/**
 * The server at the other end: the MX host of an attempt, or the client of an inbound session.
 *
 * @param domain of the recipient
 * @param name the MX name, or what the client called itself
 * @param address its IP address in digits; empty if there was no connection
 * @param naming how we know that this host is the right one
 */
public record PeerHost(String domain, String name, Optional<String> address, Naming naming) {

    /** How the name of a host was secured. */
    public enum Naming {
        /** A secure MX answer. */
        DNSSEC,
        /** An enforced MTA-STS policy has it. */
        MTA_STS,
        /** Our configuration says so. */
        LOCAL,
        /** Not at all. */
        NONE;

        /** The word of the line, for example {@code mta-sts}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** How the name of a candidate is secured; the strongest way counts. */
        public static Naming of(Candidate.Origin origin, MtaSts mtaSts) {
            return switch (origin) {
                case CONFIGURATION -> LOCAL;
                case SECURE_DNS -> DNSSEC;
                case INSECURE_DNS -> mtaSts == MtaSts.ENFORCE ? MTA_STS : NONE;
            };
        }
    }
}
