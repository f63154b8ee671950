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
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.core.RcptCmdHandler;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode.Action;
import org.apache.james.protocols.smtp.hook.MailHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.junit.jupiter.api.Test;
import org.tlsward.james.RecipientJudge;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.InboundGate;
import org.tlsward.policy.InboundGate.Verdict;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.SessionTls;

class RecipientTlsGateTest {
    private static final RcptHook ANOTHER = new RcptHook() {};

    private final FakeSession session = new FakeSession();
    private boolean broken;
    private boolean stopped;

    private final RecipientJudge medicalForEverybody = new RecipientJudge(null, null) {
        @Override
        public Verdict judge(MailAddress recipient, Optional<SessionTls> tls, InetAddress client) {
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            if (stopped) {
                return new InboundGate.Stopped(new EmergencyStop(
                        EmergencyStop.What.CLASS, "medical", "Schlüssel gestohlen", "anna", Instant.EPOCH));
            }
            InboundRule anyTls = new InboundRule(InboundMinimum.ANY, Optional.empty(), List.of());
            return InboundGate.judge(
                    List.of(new ClassRule("medical", anyTls, OutboundRule.NOTHING, Map.of())), tls, client);
        }

        @Override
        public boolean isReportAddress(MailAddress recipient) {
            return false;
        }
    };

    private final RecipientTlsGate gate = new RecipientTlsGate(
            medicalForEverybody, localDomain("klinik.example"), new ObservedRefusals(Clock.systemUTC()));

    @Test
    void aRecipientOfOursShouldBeRefusedInCleartext() throws Exception {
        assertThat(rcpt("praxis@klinik.example").getSmtpRetCode()).isEqualTo("530");
    }

    @Test
    void aStrangerShouldLearnNothingAboutRecipientsElsewhere() throws Exception {
        assertThat(rcpt("arzt@partner.example")).isEqualTo(HookResult.DECLINED);
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
