/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsaRecords;

/** Situations that tests explain. */
final class Situations {
    static final ZonedDateTime TOMORROW = ZonedDateTime.parse("2026-11-23T16:05:00+01:00");

    static final ClassRule MEDICAL = new ClassRule(
            "medical",
            InboundRule.NOTHING,
            new OutboundRule(
                    TlsLevel.ENCRYPT,
                    TlsLevel.ENCRYPT.requirement(),
                    Optional.empty(),
                    Duration.ofMinutes(15),
                    Duration.ofHours(4)),
            Map.of("de", "Rufen Sie uns an: 0 30", "en", "Call us", "fr", "Appelez-nous"));

    private Situations() {}

    static Situation tlsNotOffered(Optional<ZonedDateTime> tryUntil) {
        Demand demand = Demand.builder().recipientClasses(List.of(MEDICAL)).build();
        Candidate host = new Candidate("mx.partner.example", "partner.example", Candidate.Origin.INSECURE_DNS);
        TlsAttempt attempt = new TlsAttempt.NotOffered("no STARTTLS in the EHLO reply");
        Decision decision = PolicyEngine.decide(new Facts(demand, host, TlsaRecords.NONE, MtaSts.NONE, attempt));
        return Situation.of("partner.example", Optional.of(host.host()), (Decision.Refuse) decision, demand, tryUntil);
    }

    static Situation of(Reason reason, Requirement required, Source... sources) {
        List<Contribution> rules = java.util.Arrays.stream(sources)
                .map(source -> new Contribution(source, "medical", Optional.empty(), required, Optional.empty()))
                .toList();
        return new Situation(
                "partner.example",
                Optional.of("mx.partner.example"),
                reason,
                "the seen thing",
                required,
                rules,
                List.of(MEDICAL),
                Optional.of(TOMORROW));
    }
}
