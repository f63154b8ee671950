/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceRecordBuilder;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;
import org.tlsward.testing.SettableClock;

/** A log of evidence, written as a server writes it. */
final class WrittenLog implements AutoCloseable {
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

    private final SettableClock clock;
    private final Path directory;
    private final EvidenceLog log;

    WrittenLog(Path directory, String now) {
        this(new EvidenceLog.Settings(directory, directory.resolve("keys"), false, Optional.empty()), now);
    }

    WrittenLog(EvidenceLog.Settings settings, String now) {
        this.clock = new SettableClock(now);
        this.directory = settings.directory();
        this.log = EvidenceLog.open(settings, clock);
    }

    EvidenceArchive archive() {
        return new EvidenceArchive(directory);
    }

    Instant at(String instant) {
        clock.set(instant);
        return clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    void add(EvidenceEntry... entries) {
        log.append(List.of(entries));
    }

    static MailIdentity mail(String id, String recipient) {
        return new MailIdentity(
                "Queue-" + id, Optional.of("<" + id + "@klinik.example>"), "a@klinik.example", recipient);
    }

    static Demand medical() {
        return Demand.builder().recipientClasses(List.of(MEDICAL)).build();
    }

    /** Nothing left: no TLS there. */
    EvidenceRecordBuilder noTls(MailIdentity mail, RecordedOutcome outcome) {
        return EvidenceRecord.attempt(now(), mail, outcome)
                .demand(medical())
                .peer(host(mail))
                .reason(Reason.TLS_NOT_OFFERED)
                .duration(Duration.ofMillis(12));
    }

    EvidenceRecordBuilder delivered(MailIdentity mail, String... verdicts) {
        EvidenceRecordBuilder record = EvidenceRecord.attempt(now(), mail, RecordedOutcome.DELIVERED)
                .peer(host(mail))
                .tls(tls("TLSv1.3"))
                .reply("250 2.0.0 Ok")
                .sent(0, 1234)
                .acknowledged();
        for (String verdict : verdicts) {
            record.verdict(verdict);
        }
        return record;
    }

    static SeenTls tls(String version) {
        return new SeenTls(
                version,
                "TLS_AES_256_GCM_SHA384",
                Optional.of("x25519"),
                List.of("ab".repeat(32)),
                Optional.of("CN=mx.partner.example"));
    }

    static PeerHost host(MailIdentity mail) {
        String domain = mail.recipient().substring(mail.recipient().indexOf('@') + 1);
        return new PeerHost(domain, "mx." + domain, Optional.of("192.0.2.7"), PeerHost.Naming.DNSSEC);
    }

    EvidenceAction action(Deed deed, MailIdentity mail, String by) {
        return EvidenceAction.of(now(), deed, mail, by);
    }

    EvidenceArchive.Reading read(EvidenceArchive.LineVisitor visitor) throws IOException {
        return EvidenceArchive.read(List.copyOf(archive().days().values()), visitor);
    }

    @Override
    public void close() {
        log.close();
    }
}
