/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.DaneFacts;
import org.tlsward.delivery.DeliveryReport;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.delivery.HostFacts;
import org.tlsward.delivery.HostPublication;
import org.tlsward.delivery.StsFacts;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PeerCertificate;
import org.tlsward.policy.PeerCertificate.Chain;
import org.tlsward.policy.PeerTls;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ContentBytes;
import org.tlsward.smtp.ServerName;
import org.tlsward.tlsrpt.FailureDetail;
import org.tlsward.tlsrpt.ObservedSession;
import org.tlsward.tlsrpt.ObservedSession.Verdict;

class SessionVerdictsTest {
    private static final DaneFacts NO_DANE = dane(TlsaRecords.NONE, Optional.empty());
    private static final StsFacts NO_STS = new StsFacts("partner.example", new StsAnswer.None(), MtaSts.NONE);
    private static final TlsAttempt GOOD = established(Chain.VALID, "mx.partner.example");

    @Test
    void withoutPolicyOnlyTlsShouldCount() {
        assertThat(words(NO_DANE, NO_STS, GOOD)).containsExactly("no-policy-found ok");
        assertThat(words(NO_DANE, NO_STS, established(Chain.UNTRUSTED, "other.example")))
                .containsExactly("no-policy-found ok");
        assertThat(words(NO_DANE, NO_STS, new TlsAttempt.NotOffered("502 no")))
                .containsExactly("no-policy-found starttls-not-supported 502 no");
        assertThat(words(NO_DANE, NO_STS, new TlsAttempt.Failed(Reason.TLS_VERSION_TOO_LOW, "protocol_version")))
                .containsExactly("no-policy-found validation-failure protocol_version");
        assertThat(words(NO_DANE, NO_STS, new TlsAttempt.Interrupted("reset")))
                .containsExactly("no-policy-found validation-failure reset");
        assertThat(words(NO_DANE, NO_STS, new TlsAttempt.NotYet()))
                .as("not reached")
                .isEmpty();
    }

    @Test
    void mtaStsShouldJudgeTheCertificate() {
        for (MtaSts state : List.of(MtaSts.ENFORCE, MtaSts.TESTING)) {
            StsFacts sts = sts(state);
            assertThat(words(NO_DANE, sts, GOOD)).containsExactly("sts ok");
            assertThat(words(NO_DANE, sts, established(Chain.EXPIRED, "mx.partner.example")))
                    .containsExactly("sts certificate-expired detail");
            assertThat(words(NO_DANE, sts, established(Chain.UNTRUSTED, "mx.partner.example")))
                    .containsExactly("sts certificate-not-trusted detail");
            assertThat(words(NO_DANE, sts, established(Chain.VALID, "other.example")))
                    .containsExactly("sts certificate-host-mismatch certificate names other.example");
            assertThat(words(NO_DANE, sts, new TlsAttempt.NotOffered("no")))
                    .containsExactly("sts starttls-not-supported no");
        }
    }

    @Test
    void hostOutsideThePolicyShouldCountThoughNobodyConnected() {
        assertThat(words(NO_DANE, sts(MtaSts.ENFORCE_MX_MISMATCH), new TlsAttempt.NotYet()))
                .containsExactly("sts validation-failure mtasts-mx-mismatch");
        assertThat(words(NO_DANE, sts(MtaSts.TESTING_MX_MISMATCH), GOOD))
                .containsExactly("sts validation-failure mtasts-mx-mismatch");
    }

    @Test
    void policyThatCouldNotBeFetchedShouldBeTold() {
        StsFacts notFetched = new StsFacts(
                "partner.example", new StsAnswer.NotFetched("sts-webpki-invalid", "expired"), MtaSts.NOT_FETCHED);

        assertThat(words(NO_DANE, notFetched, GOOD)).containsExactly("sts sts-webpki-invalid expired");
        assertThat(words(
                        NO_DANE,
                        new StsFacts("partner.example", new StsAnswer.LookupFailed("time-out"), MtaSts.LOOKUP_FAILED),
                        GOOD))
                .containsExactly("no-policy-found ok");
    }

    @Test
    void daneAndMtaStsShouldStandSideBySide() {
        DaneFacts usable = dane(TlsaRecords.USABLE, Optional.empty());

        assertThat(verdicts(usable, sts(MtaSts.ENFORCE), established(Chain.UNTRUSTED, "mx.partner.example"), true))
                .containsExactly("tlsa ok", "sts certificate-not-trusted detail");
        assertThat(verdicts(usable, sts(MtaSts.ENFORCE), GOOD, false))
                .containsExactly("tlsa certificate-not-trusted dane-mismatch", "sts ok");
        assertThat(verdicts(usable, NO_STS, new TlsAttempt.NotOffered("no"), false))
                .containsExactly("tlsa starttls-not-supported no");
    }

    @Test
    void badDnsShouldBeTold() {
        assertThat(words(dane(TlsaRecords.LOOKUP_FAILED, Optional.of(Trouble.BOGUS)), NO_STS, new TlsAttempt.NotYet()))
                .containsExactly("tlsa dnssec-invalid why");
        assertThat(words(dane(TlsaRecords.UNUSABLE, Optional.empty()), NO_STS, GOOD))
                .containsExactly("tlsa tlsa-invalid no usable TLSA record");
    }

    @Test
    void sessionShouldSayFromWhereToWhereAndWhosePolicy() {
        ObservedSession session = SessionVerdicts.of(
                        attempt(dane(TlsaRecords.USABLE, Optional.empty()), sts(MtaSts.ENFORCE), GOOD, false))
                .orElseThrow();

        assertThat(session.domain()).isEqualTo("partner.example");
        FailureDetail failure = session.verdicts().get(0).failure().orElseThrow();
        assertThat(failure.sendingIp()).contains("192.0.2.1");
        assertThat(failure.receivingIp()).contains("192.0.2.25");
        assertThat(failure.mxHost()).contains("mx.partner.example");
        assertThat(session.verdicts().get(0).policy().domain()).isEqualTo("base.partner.example");
        assertThat(session.verdicts().get(0).policy().strings()).containsExactly("3 1 1 aabb");
        assertThat(session.verdicts().get(1).policy().strings()).containsExactly("version: STSv1", "mode: enforce");
        assertThat(session.verdicts().get(1).policy().mxHosts()).containsExactly("*.partner.example");
    }

    @Test
    void reusedConnectionsAndReportsShouldNotBeCounted() throws Exception {
        List<ObservedSession> counted = new ArrayList<>();
        TlsReportSessions sessions = new TlsReportSessions(() -> true, counted::add);
        HostAttempt fresh = attempt(NO_DANE, NO_STS, GOOD, false);
        HostAttempt reused = new HostAttempt(at(NO_DANE, NO_STS, false, true), GOOD, Optional.empty(), "");
        Mail mail =
                MailImpl.builder().name("m").addRecipient("a@partner.example").build();

        sessions.count(mail, new DeliveryReport(List.of(), List.of(fresh, reused)));
        assertThat(counted).hasSize(1);

        mail.setAttribute(new Attribute(
                AttributeName.of("tlsward.tlsreport"),
                AttributeValue.of("v1 " + new MailAddress("a@partner.example").asString())));
        sessions.count(mail, new DeliveryReport(List.of(), List.of(fresh)));
        assertThat(counted).hasSize(1);
    }

    @Test
    void errorShouldNotReachTheDelivery() throws Exception {
        Mail mail =
                MailImpl.builder().name("m").addRecipient("a@partner.example").build();

        new TlsReportSessions(() -> true, session -> {
                    throw new IllegalStateException("full");
                })
                .count(mail, new DeliveryReport(List.of(), List.of(attempt(NO_DANE, NO_STS, GOOD, false))));
    }

    private static List<String> words(DaneFacts dane, StsFacts sts, TlsAttempt tls) {
        return verdicts(dane, sts, tls, false);
    }

    private static List<String> verdicts(DaneFacts dane, StsFacts sts, TlsAttempt tls, boolean match) {
        return SessionVerdicts.of(attempt(dane, sts, tls, match))
                .map(ObservedSession::verdicts)
                .orElse(List.of())
                .stream()
                .map(SessionVerdictsTest::word)
                .toList();
    }

    private static String word(Verdict verdict) {
        return verdict.policy().type()
                + verdict.failure()
                        .map(failure -> " " + failure.resultType() + " "
                                + failure.reasonCode().orElse(""))
                        .orElse(" ok");
    }

    private static HostAttempt attempt(DaneFacts dane, StsFacts sts, TlsAttempt tls, boolean match) {
        return new HostAttempt(at(dane, sts, match, false), tls, Optional.empty(), "");
    }

    private static Circumstances at(DaneFacts dane, StsFacts sts, boolean match, boolean reused) {
        HostFacts host = new HostFacts(
                new Candidate("mx.partner.example", "partner.example", Candidate.Origin.SECURE_DNS),
                new HostPublication(dane, sts),
                Optional.of(new DaneVerdict(match, Optional.empty(), "")));
        return new Circumstances(
                Optional.of(new ServerName(
                        Optional.of("mx.partner.example"), new InetSocketAddress(address("192.0.2.25"), 25))),
                Optional.of(host),
                Optional.of(address("192.0.2.1")),
                Optional.empty(),
                Optional.empty(),
                reused,
                Duration.ZERO,
                ContentBytes.NONE);
    }

    private static DaneFacts dane(TlsaRecords state, Optional<Trouble> trouble) {
        return new DaneFacts(
                state,
                Optional.of("base.partner.example"),
                List.of(new TlsaRecord(3, 1, 1, "aabb")),
                trouble,
                "why",
                peer -> new DaneVerdict(false, Optional.empty(), ""));
    }

    private static StsFacts sts(MtaSts state) {
        StsPolicy.Mode mode = state == MtaSts.TESTING ? StsPolicy.Mode.TESTING : StsPolicy.Mode.ENFORCE;
        StsPolicy policy = new StsPolicy(
                mode, List.of("*.partner.example"), Duration.ofDays(7), List.of("version: STSv1", "mode: enforce"));
        return new StsFacts("partner.example", new StsAnswer.Known(policy, "1", Instant.MAX), state);
    }

    private static TlsAttempt established(Chain chain, String name) {
        PeerCertificate certificate =
                new PeerCertificate(chain, "detail", List.of(name), Set.of(), List.of("00"), false);
        return new TlsAttempt.Established(new PeerTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", certificate, false));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
