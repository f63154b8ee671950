/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.junit.jupiter.api.Test;
import org.tlsward.james.RecipientJudge;
import org.tlsward.james.WardMetrics;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.SessionTls;

class RecipientTlsGateTest {
    private static final RcptHook ANOTHER = new RcptHook() {};

    private final FakeSession session = new FakeSession();
    private final RecordingMetricFactory metrics = new RecordingMetricFactory();
    private boolean broken;
    private boolean stopped;

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
            InboundRule anyTls = new InboundRule(InboundMinimum.ANY, Optional.empty(), List.of());
            List<ClassRule> classes = List.of(new ClassRule("medical", anyTls, OutboundRule.NOTHING, Map.of()));
            return new Ruling(classes, InboundGate.judge(classes, tls, client));
        }

        @Override
        public boolean isReportAddress(MailAddress recipient) {
            return false;
        }
    };

    private final RecipientTlsGate gate = new RecipientTlsGate(
            medicalForEverybody,
            localDomain("klinik.example"),
            new ObservedRefusals(Clock.systemUTC()),
            new WardMetrics(metrics));

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
                .containsEntry("tlsward_in_refused", 2)
                .containsEntry("tlsward_in_refused_class_medical", 1)
                .containsEntry("tlsward_in_refused_tls_cleartext", 1)
                .containsEntry("tlsward_in_refused_reason_tls_not_offered", 1)
                .containsEntry("tlsward_in_refused_reason_emergency", 1)
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
