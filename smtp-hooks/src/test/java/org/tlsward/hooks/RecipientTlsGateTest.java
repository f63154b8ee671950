/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.junit.jupiter.api.Test;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.james.RecipientJudge;
import org.tlsward.james.WardMetrics;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Reason;
import org.tlsward.policy.SessionTls;

class RecipientTlsGateTest {
    private static final RcptHook ANOTHER = new RcptHook() {};

    private final FakeSession session = new FakeSession();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private final List<EvidenceRecord> written = new ArrayList<>();
    private InboundRule inbound = new InboundRule(InboundMinimum.ANY, Optional.empty(), List.of());
    private boolean broken;
    private boolean stopped;
    private boolean diskIsFull;
    private boolean nextWriteFails;

    private final RecipientJudge medicalForEverybody = new RecipientJudge(null, null) {
        @Override
        public Ruling judge(MailAddress recipient, Optional<SessionTls> tls, InetAddress client) {
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            if (stopped) {
                return new Ruling(
                        List.of(),
                        new InboundGate.Stopped(new EmergencyStop(
                                EmergencyStop.What.CLASS, "medical", "Schlüssel gestohlen", "anna", Instant.EPOCH)));
            }
            List<ClassRule> classes = List.of(new ClassRule("medical", inbound, OutboundRule.NOTHING, Map.of()));
            return new Ruling(classes, InboundGate.judge(classes, tls, client));
        }

        @Override
        public boolean isReportAddress(MailAddress recipient) {
            return false;
        }
    };

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final ObservedRefusals observed = new ObservedRefusals(clock);
    private final GateEvidence evidence = new GateEvidence(new Notebook(), new WardMetrics(metrics), clock);
    private final RecipientTlsGate gate = new RecipientTlsGate(
            medicalForEverybody, localDomain("klinik.example"), observed, evidence, new WardMetrics(metrics));

    private final class Notebook implements GateEvidence.Book {
        @Override
        public boolean recordBeforehand(EvidenceRecord record) {
            if (diskIsFull || nextWriteFails) {
                nextWriteFails = false;
                return false;
            }
            written.add(record);
            return true;
        }

        @Override
        public boolean isOpen() {
            return !diskIsFull;
        }

        @Override
        public void record(EvidenceRecord record, Optional<String> sentence) {
            written.add(record);
        }
    }

    @Test
    void aRecipientOfOursShouldBeRefusedInCleartext() throws Exception {
        assertThat(rcpt("praxis@klinik.example").getSmtpRetCode()).isEqualTo("530");
    }

    @Test
    void aStrangerShouldLearnNothingAboutRecipientsElsewhere() throws Exception {
        assertThat(rcpt("arzt@partner.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void everyVerdictShouldBeCounted() throws Exception {
        rcpt("praxis@klinik.example");
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        rcpt("praxis@klinik.example");
        stopped = true;
        rcpt("praxis@klinik.example");
        rcpt("postmaster@klinik.example");

        assertThat(metrics.countForPrefixName("tlsward_in_"))
                .containsEntry("tlsward_in_refused", 1)
                .containsEntry("tlsward_in_refused_class_medical", 1)
                .containsEntry("tlsward_in_refused_tls_cleartext", 1)
                .containsEntry("tlsward_in_refused_reason_tls_not_offered", 1)
                .containsEntry("tlsward_in_deferred", 1)
                .containsEntry("tlsward_in_deferred_reason_emergency", 1)
                .containsEntry("tlsward_in_accepted", 1)
                .containsEntry("tlsward_in_accepted_class_medical", 1)
                .containsEntry("tlsward_in_accepted_tls_tlsv1_3", 1);
        assertThat(metrics.executionTimesFor("tlsward_in_judgement")).hasSize(3);
    }

    @Test
    void whoMayRelayShouldBeJudgedForRecipientsElsewhere() throws Exception {
        session.withRelayingAllowed();
        assertThat(rcpt("arzt@partner.example").getSmtpRetCode()).isEqualTo("530");
    }

    @Test
    void rolesShouldBeExemptInDomainsOfOursOnly() throws Exception {
        session.withRelayingAllowed();
        assertThat(rcpt("Postmaster@klinik.example")).isEqualTo(HookResult.DECLINED);
        assertThat(rcpt("abuse@klinik.example")).isEqualTo(HookResult.DECLINED);
        assertThat(rcpt("postmaster@partner.example").getSmtpRetCode()).isEqualTo("530");
    }

    @Test
    void aFinishedHandshakeShouldOpenTheGate() throws Exception {
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        assertThat(rcpt("praxis@klinik.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void anInnerErrorShouldPutTheRecipientOff() throws Exception {
        broken = true;
        HookResult result = rcpt("praxis@klinik.example");
        assertThat(result.getResult().getAction()).isEqualTo(Action.DENYSOFT);
        assertThat(result.getSmtpRetCode()).isEqualTo("451");
        assertThat(afterOkOf(ANOTHER, "praxis@klinik.example").getSmtpRetCode()).isEqualTo("451");
    }

    /** Whatever its session has: whoever sends it keeps it and learns why. */
    @Test
    void aStoppedRecipientShouldBePutOffInPlainWords() throws Exception {
        stopped = true;
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        HookResult result = rcpt("praxis@klinik.example");
        assertThat(result.getResult().getAction()).isEqualTo(Action.DENYSOFT);
        assertThat(result.getSmtpRetCode()).isEqualTo("451");
        assertThat(result.getSmtpDescription())
                .startsWith("4.7.0 Mail for this recipient is stopped here")
                .contains("try again later", "Schluessel gestohlen");
        assertThat(rcpt("postmaster@klinik.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void okOfAnotherHookShouldBeJudgedToo() throws Exception {
        assertThat(afterOkOf(ANOTHER, "praxis@klinik.example").getSmtpRetCode()).isEqualTo("530");
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        assertThat(afterOkOf(ANOTHER, "praxis@klinik.example")).isEqualTo(HookResult.OK);
    }

    @Test
    void eachDecisionShouldBeWrittenBeforeTheClientHearsOfIt() throws Exception {
        rcpt("praxis@klinik.example");
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        rcpt("praxis@klinik.example");
        assertThat(written)
                .extracting(record -> record.result().outcome())
                .containsExactly(RecordedOutcome.REFUSED, RecordedOutcome.ACCEPTED);
        assertThat(written.get(0).result().reason()).contains(Reason.TLS_NOT_OFFERED);
        assertThat(written.get(0).result().reply())
                .hasValueSatisfying(reply -> assertThat(reply).startsWith("530 5.7.0"));
        assertThat(written.get(0).judgement().classes()).containsExactly("medical");
        assertThat(written.get(1).tls())
                .hasValueSatisfying(tls -> assertThat(tls.version()).isEqualTo("TLSv1.3"));
        assertThat(written.get(1).peer().orElseThrow().address())
                .contains(session.getRemoteAddress().getAddress().getHostAddress());
    }

    @Test
    void whatWouldBeRefusedShouldBeWrittenAsThat() throws Exception {
        inbound = new InboundRule(InboundMinimum.NONE, Optional.of(InboundMinimum.TLS_1_3), List.of());
        assertThat(rcpt("praxis@klinik.example")).isEqualTo(HookResult.DECLINED);
        assertThat(written).hasSize(1);
        assertThat(written.get(0).judgement().observations()).hasSize(1);
    }

    @Test
    void whoIsOfNoConcernShouldLeaveNoLine() throws Exception {
        inbound = InboundRule.NOTHING;
        diskIsFull = true;
        assertThat(rcpt("anybody@klinik.example")).isEqualTo(HookResult.DECLINED);
        assertThat(written).isEmpty();
    }

    @Test
    void whatCannotBeWrittenShouldNotBeAccepted() throws Exception {
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        diskIsFull = true;
        HookResult result = rcpt("praxis@klinik.example");
        assertThat(result.getSmtpRetCode()).isEqualTo("451");
        assertThat(result.getResult().getAction()).isEqualTo(Action.DENYSOFT);
        assertThat(afterOkOf(ANOTHER, "praxis@klinik.example").getSmtpRetCode()).isEqualTo("451");
        diskIsFull = false;
        assertThat(rcpt("praxis@klinik.example")).isEqualTo(HookResult.DECLINED);
    }

    @Test
    void theSameDecisionOfOneTransactionShouldBeWrittenOnce() throws Exception {
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        rcpt("praxis@klinik.example");
        afterOkOf(ANOTHER, "praxis@klinik.example");
        assertThat(written).hasSize(1);
        rcpt("labor@klinik.example");
        assertThat(written).hasSize(2);
    }

    @Test
    void whatCannotBeWrittenShouldBeCountedAsDeferred() throws Exception {
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        diskIsFull = true;
        rcpt("praxis@klinik.example");
        assertThat(metrics.countForPrefixName("tlsward_in_"))
                .containsEntry("tlsward_in_deferred", 1)
                .containsEntry("tlsward_in_deferred_class_medical", 1)
                .doesNotContainKey("tlsward_in_accepted");
    }

    /** A hundred acceptances that are alike have a line each; what the client heard as 451 is none of them. */
    @Test
    void whatCannotBeWrittenShouldUseUpNoLineAndAddToNoCount() throws Exception {
        session.withTls("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        for (int i = 0; i < 50; i++) {
            nextWriteFails = true;
            assertThat(acceptances(1)).isZero();
            diskIsFull = true;
            assertThat(acceptances(1)).isZero();
            diskIsFull = false;
        }
        assertThat(acceptances(102)).isEqualTo(102);
        diskIsFull = true;
        assertThat(acceptances(7)).isZero();
        diskIsFull = false;
        assertThat(written).hasSize(100);
        evidence.writeAllCounts();
        assertThat(written.get(100).times()).isEqualTo(2);
    }

    private int acceptances(int times) throws Exception {
        int accepted = 0;
        for (int i = 0; i < times; i++) {
            session.setAttachment(
                    AttachmentKey.of("tlsward.gate.recorded", String.class),
                    "another@klinik.example",
                    State.Transaction);
            accepted += rcpt("praxis@klinik.example").equals(HookResult.DECLINED) ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void whatWouldBeRefusedShouldBeObservedOnce() throws Exception {
        inbound = new InboundRule(InboundMinimum.NONE, Optional.of(InboundMinimum.TLS_1_3), List.of());
        rcpt("praxis@klinik.example");
        afterOkOf(ANOTHER, "praxis@klinik.example");
        now.set(Instant.parse("2026-03-02T12:00:00Z"));
        assertThat(observed.takeSummaryOfPastDay().orElseThrow())
                .contains("\n  1 x class=medical")
                .doesNotContain("2 x");
    }

    @Test
    void whatIsNoRcptShouldBeLeftAlone() throws Exception {
        MailHook mailHook = new MailHook() {};
        session.setAttachment(
                RcptCmdHandler.CURRENT_RECIPIENT, new MailAddress("praxis@klinik.example"), State.Transaction);
        assertThat(gate.onHookResult(session, HookResult.OK, 0, mailHook)).isEqualTo(HookResult.OK);
        assertThat(gate.onHookResult(session, HookResult.DENY, 0, ANOTHER)).isEqualTo(HookResult.DENY);
    }

    private HookResult rcpt(String recipient) throws Exception {
        return gate.doRcpt(session, MaybeSender.nullSender(), new MailAddress(recipient));
    }

    private HookResult afterOkOf(RcptHook hook, String recipient) throws Exception {
        session.setAttachment(RcptCmdHandler.CURRENT_RECIPIENT, new MailAddress(recipient), State.Transaction);
        return gate.onHookResult(session, HookResult.OK, 0, hook);
    }

    private static DomainList localDomain(String domain) {
        return (DomainList) Proxy.newProxyInstance(
                RecipientTlsGateTest.class.getClassLoader(),
                new Class<?>[] {DomainList.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("containsDomain")) {
                        return Domain.of(domain).equals(arguments[0]);
                    }
                    throw new DomainListException(method.getName());
                });
    }
}
