/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.policy.Contribution.Source;

/**
 * One thing that the destination publishes about a host ("B"), as a rule like those of our own.
 *
 * @param rule what it demands of the session, or observes
 * @param obstacle why the host is out of the question whatever the session is like
 * @param applies false if it is only evaluated and recorded
 */
record Publication(Contribution rule, Optional<Shortfall> obstacle, boolean applies) {
    private static final Requirement DANE = Requirement.builder().dane().build();
    private static final Requirement ENCRYPTED =
            Requirement.builder().encrypted().build();
    /** RFC 8461 §4.2: a valid certificate for the name of the MX host. */
    private static final Requirement VALID_FOR_MX =
            Requirement.builder().validChain().mxName().build();

    /** Everything that is published about the host of these facts. */
    static List<Publication> of(Facts facts) {
        List<Publication> all = new ArrayList<>();
        tlsa(facts).ifPresent(all::add);
        mtaSts(facts).ifPresent(all::add);
        return all;
    }

    private static Optional<Publication> tlsa(Facts facts) {
        String host = facts.candidate().host();
        return switch (facts.tlsa()) {
            case NONE -> Optional.empty();
            case USABLE -> Optional.of(
                    facts.candidate().origin() == Candidate.Origin.INSECURE_DNS
                            ? ofInsecureMx(facts)
                            : demand(Source.DANE, host, DANE));
                // RFC 7672 §2.2: TLS is mandatory, without authentication.
            case UNUSABLE -> Optional.of(demand(Source.DANE, host, ENCRYPTED));
                // RFC 7672 §2.1.2: an error is not absence.
            case LOOKUP_FAILED -> Optional.of(obstacle(
                    Source.DANE, host, new Shortfall(Reason.DNSSEC_FAILED, "TLSA look-up of " + host + " failed")));
        };
    }

    /** Where only the host itself has DNSSEC: a match is asked for, and is no proof (Postfix: smtp_tls_dane_insecure_mx_policy). */
    private static Publication ofInsecureMx(Facts facts) {
        boolean mismatch = facts.tls() instanceof TlsAttempt.Established established
                && !established.peer().certificate().tlsaMatch();
        Contribution rule =
                Contribution.demanding(Source.DANE, facts.candidate().host(), ENCRYPTED);
        return new Publication(
                rule,
                mismatch
                        ? Optional.of(new Shortfall(Reason.DANE_MISMATCH, "no TLSA record matches the certificate"))
                        : Optional.empty(),
                true);
    }

    private static Optional<Publication> mtaSts(Facts facts) {
        String domain = facts.candidate().nextHop();
        Shortfall otherHost = new Shortfall(
                Reason.MTASTS_MX_MISMATCH, facts.candidate().host() + " is not in the policy of " + domain);
        Contribution tested =
                Contribution.demanding(Source.MTA_STS, domain, VALID_FOR_MX).observedOnly();
        return switch (facts.mtaSts()) {
            case NONE, NOT_FETCHED -> Optional.empty();
            case TESTING -> Optional.of(new Publication(tested, Optional.empty(), false));
            case TESTING_MX_MISMATCH -> Optional.of(new Publication(tested, Optional.of(otherHost), false));
                // DESIGN §5: usable TLSA decide about the certificate, whose verdict by MTA-STS is then only recorded
                // (RFC 8461 §2);
                // not so where the MX answer is insecure: those are not what the destination says, but what the host
                // says.
            case ENFORCE -> Optional.of(
                    facts.tlsa() == TlsaRecords.USABLE && facts.candidate().origin() != Candidate.Origin.INSECURE_DNS
                            ? new Publication(tested, Optional.empty(), true)
                            : demand(Source.MTA_STS, domain, VALID_FOR_MX));
            case ENFORCE_MX_MISMATCH -> Optional.of(obstacle(Source.MTA_STS, domain, otherHost));
            case LOOKUP_FAILED -> Optional.of(obstacle(
                    Source.MTA_STS,
                    domain,
                    new Shortfall(Reason.POLICY_UNAVAILABLE, "MTA-STS look-up of " + domain + " failed")));
        };
    }

    private static Publication demand(Source source, String name, Requirement required) {
        return new Publication(Contribution.demanding(source, name, required), Optional.empty(), true);
    }

    private static Publication obstacle(Source source, String name, Shortfall shortfall) {
        return new Publication(Contribution.demanding(source, name, Requirement.NOTHING), Optional.of(shortfall), true);
    }

    /** The same, only evaluated and recorded. */
    Publication dropped() {
        return new Publication(rule.required().isEmpty() ? rule : rule.observedOnly(), obstacle, false);
    }
}
