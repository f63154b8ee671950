/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tlsward.config.DnsSettings.InsecureMx;
import org.tlsward.dane.DaneRecords;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.testing.FakeHostLookup;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;

/** RFC 7672 §2.2 and RFC 8461 §3.4, section numbers from memory. */
class PublishedPoliciesTest {
    private static final TestCa CA = TestCa.today();
    private static final String HOST = "mx.two.example";
    private static final String END = "mx.provider.example";
    private static final TlsaRecord EE = new TlsaRecord(3, 1, 1, "aa".repeat(32));
    private static final String AT_HOST = "TLSA _25._tcp." + HOST;
    private static final String AT_END = "TLSA _25._tcp." + END;

    private final FakeHostLookup dns = new FakeHostLookup();
    private final List<String> policiesAskedFor = new ArrayList<>();
    private StsAnswer policy = new StsAnswer.None();

    private PublishedPolicies policies(InsecureMx insecureMx) {
        return new PublishedPolicies(
                dns,
                domain -> {
                    policiesAskedFor.add(domain);
                    return policy;
                },
                insecureMx,
                Clock.systemUTC());
    }

    private static HostQuestion question(Origin origin, Security addresses, String... canonical) {
        return new HostQuestion(
                new Candidate(HOST, "two.example", origin),
                Optional.empty(),
                addresses,
                List.of(canonical).stream().findFirst(),
                25,
                true);
    }

    private DaneFacts dane(HostQuestion question) {
        return policies(InsecureMx.DANE).about(question).dane();
    }

    private void publish(String host, TlsaRecord... records) {
        dns.tlsa(host, 25, new Found<>(List.of(records), Security.SECURE));
    }

    @Test
    void secureRecordsOfASecureHostShouldCount() {
        publish(HOST, EE);
        DaneFacts facts = dane(question(Origin.SECURE_DNS, Security.SECURE));
        assertThat(facts.state()).isEqualTo(TlsaRecords.USABLE);
        assertThat(facts.base()).contains(HOST);
        assertThat(facts.records()).containsExactly(EE);
        assertThat(dns.questions()).containsExactly(AT_HOST);
    }

    /** RFC 7672 §2.2.2: servers that break on TLSA questions are common where there is no DNSSEC. */
    @ParameterizedTest
    @EnumSource(Origin.class)
    void nobodyShouldBeAskedForRecordsOfInsecureAddresses(Origin origin) {
        dns.tlsa(HOST, 25, new Failed<>(Trouble.TIMEOUT, "breaks on TLSA"));
        assertThat(dane(question(origin, Security.INSECURE)).state()).isEqualTo(TlsaRecords.NONE);
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void endOfTheAliasesShouldBeAskedFirst() {
        publish(END, EE);
        publish(HOST, new TlsaRecord(3, 1, 1, "bb".repeat(32)));
        DaneFacts facts = dane(question(Origin.SECURE_DNS, Security.SECURE, END));
        assertThat(facts.base()).contains(END);
        assertThat(facts.records()).containsExactly(EE);
        assertThat(dns.questions()).containsExactly(AT_END);
    }

    @Test
    void originalNameShouldBeAskedIfTheEndHasNone() {
        publish(HOST, EE);
        assertThat(dane(question(Origin.SECURE_DNS, Security.SECURE, END)).base())
                .contains(HOST);
        assertThat(dns.questions()).containsExactly(AT_END, AT_HOST);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void failedLookUpShouldNeverBeAbsence(Trouble trouble) {
        dns.tlsa(END, 25, new Failed<>(trouble, "no answer"));
        publish(HOST, EE);
        DaneFacts facts = dane(question(Origin.SECURE_DNS, Security.SECURE, END));
        assertThat(facts.state()).isEqualTo(TlsaRecords.LOOKUP_FAILED);
        assertThat(facts.trouble()).contains(trouble);
        assertThat(facts.detail()).isEqualTo("no answer");
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void absenceShouldBeNoDane(Security security) {
        dns.tlsa(HOST, 25, new Absent<>(true, security));
        assertThat(dane(question(Origin.SECURE_DNS, Security.SECURE)).state()).isEqualTo(TlsaRecords.NONE);
    }

    @Test
    void insecureRecordsShouldNotCount() {
        dns.tlsa(HOST, 25, new Found<>(List.of(EE), Security.INSECURE));
        assertThat(dane(question(Origin.SECURE_DNS, Security.SECURE)).state()).isEqualTo(TlsaRecords.NONE);
    }

    /** RFC 7672 §2.2.2. */
    @Test
    void secureAliasOfAnInsecureHostShouldLeadToTheOriginalName() {
        dns.alias(HOST, new Found<>(List.of(END), Security.SECURE));
        publish(END, new TlsaRecord(3, 1, 1, "bb".repeat(32)));
        publish(HOST, EE);
        DaneFacts facts = dane(question(Origin.SECURE_DNS, Security.INSECURE, END));
        assertThat(facts.base()).contains(HOST);
        assertThat(dns.questions()).containsExactly("CNAME " + HOST, AT_HOST);
    }

    @Test
    void insecureAliasShouldBeNoDane() {
        dns.alias(HOST, new Found<>(List.of(END), Security.INSECURE));
        publish(HOST, EE);
        assertThat(dane(question(Origin.SECURE_DNS, Security.INSECURE, END)).state())
                .isEqualTo(TlsaRecords.NONE);
        assertThat(dns.questions()).containsExactly("CNAME " + HOST);
    }

    @Test
    void aliasThatCannotBeLookedUpShouldNotBeAbsence() {
        dns.alias(HOST, new Failed<>(Trouble.BOGUS, "bogus"));
        assertThat(dane(question(Origin.SECURE_DNS, Security.INSECURE, END)).state())
                .isEqualTo(TlsaRecords.LOOKUP_FAILED);
    }

    @Test
    void recordsThatCannotBeUsedShouldBeTold() {
        publish(HOST, new TlsaRecord(1, 1, 1, "aa".repeat(32)), new TlsaRecord(3, 1, 1, "aa"));
        assertThat(dane(question(Origin.SECURE_DNS, Security.SECURE)).state()).isEqualTo(TlsaRecords.UNUSABLE);
    }

    @Test
    void insecureMxShouldBeTreatedAsConfigured() {
        publish(HOST, EE);
        HostQuestion question = question(Origin.INSECURE_DNS, Security.SECURE);
        assertThat(policies(InsecureMx.MAY).about(question).dane().state()).isEqualTo(TlsaRecords.NONE);
        assertThat(dns.questions()).isEmpty();
        assertThat(policies(InsecureMx.ENCRYPT).about(question).dane().state()).isEqualTo(TlsaRecords.UNUSABLE);
        assertThat(policies(InsecureMx.DANE).about(question).dane().state()).isEqualTo(TlsaRecords.USABLE);
    }

    @Test
    void settingShouldConcernNobodyElse() {
        publish(HOST, EE);
        for (Origin origin : List.of(Origin.SECURE_DNS, Origin.CONFIGURATION)) {
            for (InsecureMx setting : InsecureMx.values()) {
                assertThat(policies(setting)
                                .about(question(origin, Security.SECURE))
                                .dane()
                                .state())
                        .isEqualTo(TlsaRecords.USABLE);
            }
        }
    }

    private DaneVerdict byAnchor(HostQuestion question, Identity identity) {
        publish(HOST, DaneRecords.of(2, 1, 1, identity.chain().get(1)));
        return dane(question).verdict(peer(identity)).orElseThrow();
    }

    private static TlsPeer peer(Identity identity) {
        List<X509Certificate> chain = identity.chain();
        return new TlsPeer(
                "TLSv1.3", "TLS_AES_128_GCM_SHA256", chain, new ChainJudge(List.of(), Clock.systemUTC()).judge(chain));
    }

    /** RFC 7672 §3.2.2. */
    @Test
    void daneTaShouldAcceptTheNamesThatLeadHereSecurely() {
        HostQuestion secure = question(Origin.SECURE_DNS, Security.SECURE);
        assertThat(byAnchor(secure, CA.good(HOST)).matches()).isTrue();
        assertThat(byAnchor(secure, CA.good("two.example")).matches()).isTrue();
        assertThat(byAnchor(secure, CA.good("other.example")).matches()).isFalse();
        HostQuestion alias = new HostQuestion(
                secure.candidate(), Optional.of("other.example"), Security.SECURE, Optional.empty(), 25, true);
        assertThat(byAnchor(alias, CA.good("other.example")).matches()).isTrue();
    }

    @Test
    void nextHopDomainShouldNotCountWhereItsMxIsInsecure() {
        HostQuestion insecure = question(Origin.INSECURE_DNS, Security.SECURE);
        assertThat(byAnchor(insecure, CA.good(HOST)).matches()).isTrue();
        assertThat(byAnchor(insecure, CA.good("two.example")).matches()).isFalse();
    }

    @Test
    void recordsShouldBeAskedForAtThePortOfTheHost() {
        dns.tlsa(HOST, 2525, new Found<>(List.of(EE), Security.SECURE));
        HostQuestion question = new HostQuestion(
                new Candidate(HOST, HOST, Origin.CONFIGURATION),
                Optional.empty(),
                Security.SECURE,
                Optional.empty(),
                2525,
                true);
        assertThat(dane(question).state()).isEqualTo(TlsaRecords.USABLE);
        assertThat(policiesAskedFor).containsExactly(HOST);
    }

    @Test
    void addressInDigitsShouldHaveNothing() {
        HostQuestion question = new HostQuestion(
                new Candidate("192.0.2.7", "192.0.2.7", Origin.CONFIGURATION),
                Optional.empty(),
                Security.SECURE,
                Optional.empty(),
                25,
                false);
        assertThat(policies(InsecureMx.DANE).about(question)).isEqualTo(HostPublication.NONE);
        assertThat(dns.questions()).isEmpty();
        assertThat(policiesAskedFor).isEmpty();
    }

    private void enforce(String pattern) {
        policy = new StsAnswer.Known(
                new StsPolicy(StsPolicy.Mode.ENFORCE, List.of(pattern), Duration.ofDays(7), List.of("version: STSv1")),
                "1",
                Instant.MAX);
    }

    @Test
    void policyOfTheNextHopDomainShouldJudgeTheHost() {
        enforce("mx.two.example");
        HostQuestion question = question(Origin.INSECURE_DNS, Security.INSECURE);
        assertThat(policies(InsecureMx.DANE).about(question).mtaSts().state()).isEqualTo(MtaSts.ENFORCE);
        enforce("mx.other.example");
        assertThat(policies(InsecureMx.DANE).about(question).mtaSts().state()).isEqualTo(MtaSts.ENFORCE_MX_MISMATCH);
        assertThat(policiesAskedFor).containsOnly("two.example");
    }

    @Test
    void policyShouldBeAskedForOnceInADelivery() {
        policy = new StsAnswer.LookupFailed("no answer");
        Publications one = policies(InsecureMx.DANE).forOneDelivery();
        HostQuestion question = question(Origin.INSECURE_DNS, Security.INSECURE);
        assertThat(one.about(question).mtaSts().state()).isEqualTo(MtaSts.LOOKUP_FAILED);
        assertThat(one.about(question).mtaSts().state()).isEqualTo(MtaSts.LOOKUP_FAILED);
        assertThat(policiesAskedFor).containsExactly("two.example");
    }
}
