/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsaRecords;

class LogLineTest {
    private static final Optional<String> NO_SENTENCE = Optional.empty();

    @Test
    void aDeliveryShouldReadLikeExim() {
        assertThat(LogLine.of(Samples.delivered("praxis@partner.example"), NO_SENTENCE))
                .isEqualTo("Mail42 => praxis@partner.example F=<a@klinik.example> R=medical:encrypt"
                        + " H=mx.partner.example [192.0.2.7] X=TLSv1.3:TLS_AES_256_GCM_SHA384 CV=dane"
                        + " C=\"250 2.0.0 Ok: praxis@partner.example\" DT=0.2s");
    }

    @Test
    void aDeferralShouldSayWhyAndWhatWouldHaveBeen() {
        assertThat(LogLine.of(refused(RecordedOutcome.DEFERRED), Optional.of("no TLS\r\nthere")))
                .isEqualTo("Mail42 == praxis@partner.example F=<a@klinik.example> R=medical:encrypt"
                        + " H=mx.partner.example CV=no DT=0.0s WOULD=mx-not-trusted(medical)"
                        + " defer (tls-not-offered): no TLS  there");
    }

    @Test
    void aWithheldMailShouldHaveStars() {
        assertThat(LogLine.of(refused(RecordedOutcome.WITHHELD), NO_SENTENCE))
                .startsWith("Mail42 ** praxis@partner.example ")
                .endsWith(" withheld (tls-not-offered)");
    }

    @Test
    void aGateDecisionShouldHaveItsOwnSymbols() {
        var unmet = new InboundGate.Unmet(Samples.MEDICAL, InboundMinimum.TLS_1_2);
        var session = Optional.of(new SessionTls("TLSv1.1", "TLS_OLD", Optional.empty()));
        EvidenceRecord refused = EvidenceRecord.gate(
                        Samples.NOON, Samples.mail("praxis@klinik.example"), RecordedOutcome.REFUSED)
                .gate(List.of(Samples.MEDICAL), session, new InboundGate.Refuse(unmet))
                .build();
        assertThat(LogLine.of(refused, NO_SENTENCE))
                .isEqualTo("Mail42 <! praxis@klinik.example F=<a@klinik.example> R=none X=TLSv1.1:TLS_OLD DT=0.0s"
                        + " refused (tls-version-too-low)");
        EvidenceRecord accepted = EvidenceRecord.gate(
                        Samples.NOON, Samples.mail("praxis@klinik.example"), RecordedOutcome.ACCEPTED)
                .gate(List.of(Samples.MEDICAL), Optional.empty(), new InboundGate.Accept(Optional.of(unmet)))
                .build();
        assertThat(LogLine.of(accepted, NO_SENTENCE)).contains(" <= ").endsWith(" WOULD=tls-not-offered(medical)");
    }

    @Test
    void valuesFromOutsideShouldNotLookLikeFields() {
        MailIdentity hostile = new MailIdentity(
                "Mail42", Optional.empty(), "\"x> H=trusted.example\"@y.example", "\"a b\r\n=> c\"@d.example");
        EvidenceRecord record = EvidenceRecord.attempt(Samples.NOON, hostile, RecordedOutcome.REJECTED)
                .peer(new PeerHost("d.example", "mx\" X=TLSv1.3", Optional.of("192.0.2.7"), PeerHost.Naming.NONE))
                .reply("550 \" X=TLSv1.3 CV=dane\u001b[2J")
                .build();
        String line = LogLine.of(record, NO_SENTENCE);
        assertThat(line)
                .isEqualTo("Mail42 ** _a_b__=__c_@d.example F=<_x__H=trusted.example_@y.example> R=none"
                        + " H=mx__X=TLSv1.3 [192.0.2.7] CV=no C=\"550 ' X=TLSv1.3 CV=dane [2J\" DT=0.0s rejected");
    }

    private static EvidenceRecord refused(RecordedOutcome outcome) {
        Demand demand = Samples.demand();
        Facts facts = new Facts(
                demand,
                new Candidate("mx.partner.example", "partner.example", Candidate.Origin.INSECURE_DNS),
                TlsaRecords.NONE,
                MtaSts.NONE,
                new TlsAttempt.NotOffered("no STARTTLS in the EHLO reply"));
        Decision decision = PolicyEngine.decide(facts);
        return EvidenceRecord.attempt(Samples.NOON, Samples.mail("praxis@partner.example"), outcome)
                .demand(demand)
                .decision(decision)
                .peer(new PeerHost("partner.example", "mx.partner.example", Optional.empty(), PeerHost.Naming.NONE))
                .build();
    }
}
