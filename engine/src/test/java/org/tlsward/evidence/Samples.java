/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.TlsLevel;

/** Records that tests write. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final ClassRule MEDICAL = new ClassRule(
            "medical",
            InboundRule.NOTHING,
            new OutboundRule(
                    TlsLevel.ENCRYPT,
                    TlsLevel.ENCRYPT.requirement(),
                    Optional.of(TlsLevel.AUTHENTICATED.requirement()),
                    Duration.ofMinutes(15),
                    Duration.ofHours(4)),
            Map.of());

    private Samples() {}

    static MailIdentity mail(String recipient) {
        return new MailIdentity("Mail42", Optional.of("<1@klinik.example>"), "a@klinik.example", recipient);
    }

    static Demand demand() {
        return Demand.builder().recipientClasses(List.of(MEDICAL)).build();
    }

    static EvidenceRecord delivered(String recipient) {
        return EvidenceRecord.attempt(NOON, mail(recipient), RecordedOutcome.DELIVERED)
                .demand(demand())
                .peer(new PeerHost(
                        "partner.example", "mx.partner.example", Optional.of("192.0.2.7"), PeerHost.Naming.DNSSEC))
                .tls(new SeenTls(
                        "TLSv1.3",
                        "TLS_AES_256_GCM_SHA384",
                        Optional.of("x25519"),
                        List.of("ab".repeat(32)),
                        Optional.of("CN=mx.partner.example")))
                .verdict("dane")
                .reply("250 2.0.0 Ok: praxis@partner.example")
                .duration(Duration.ofMillis(204))
                .sent(0, 1234)
                .acknowledged()
                .build();
    }
}
