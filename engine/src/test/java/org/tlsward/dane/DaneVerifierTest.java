/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.NOW;
import static org.tlsward.dane.DaneKit.assertMatch;
import static org.tlsward.dane.DaneKit.assertNoMatch;
import static org.tlsward.dane.DaneKit.foreign;
import static org.tlsward.dane.DaneKit.record;
import static org.tlsward.dane.DaneKit.verify;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;

/** RULES §4: DANE-EE is the key and nothing else, DANE-TA is everything. Paths are {@link DaneAnchorPathTest}'s business. */
class DaneVerifierTest {
    private static final DaneKit KIT = new DaneKit();
    private static final TestCa CA = KIT.ca;
    private static final List<X509Certificate> CHAIN = KIT.good.chain();

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
    void daneEeShouldMatchTheServerAndNobodyElse(int selector, int matching) {
        assertMatch(CHAIN, record(3, selector, matching, KIT.good.leaf()));
        assertNoMatch("does not match", CHAIN, foreign(3, selector, matching));
        assertNoMatch("does not match", CHAIN, record(3, selector, matching, CA.intermediate()));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
    void daneTaShouldMatchAnIssuerAndNobodyElse(int selector, int matching) {
        assertMatch(CHAIN, record(2, selector, matching, CA.intermediate()));
        assertNoMatch("does not match", CHAIN, foreign(2, selector, matching));
        assertNoMatch("does not match", CHAIN, record(2, selector, matching, KIT.good.leaf()));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "0,2", "1,0", "1,1", "1,2"})
    void daneTaShouldNotMatchASelfSignedServerItself(int selector, int matching) {
        Identity self = CA.selfSigned(HOST);
        assertNoMatch("does not match", self.chain(), record(2, selector, matching, self.leaf()));
        assertNoMatch("does not match", List.of(self.leaf(), self.leaf()), record(2, selector, matching, self.leaf()));
    }

    @Test
    void daneEeShouldLookAtNothingElse() {
        for (Identity server : List.of(
                CA.expired(HOST),
                CA.notYetValid(HOST),
                CA.selfSigned(HOST),
                CA.good("other.example"),
                CA.commonNameOnly(HOST),
                CA.clientOnly(HOST),
                CA.weakKey(HOST))) {
            assertMatch(server.chain(), record(3, 1, 1, server.leaf()));
        }
    }

    @Test
    void daneTaShouldLookAtEverything() {
        TlsaRecord issuer = record(2, 1, 1, CA.intermediate());
        assertNoMatch("is valid from", CA.expired(HOST).chain(), issuer);
        assertNoMatch("is valid from", CA.notYetValid(HOST).chain(), issuer);
        assertNoMatch(
                "is for other.example (expected: mx.example)",
                CA.good("other.example").chain(),
                issuer);
        assertNoMatch("is for no name", CA.commonNameOnly(HOST).chain(), issuer);
        assertNoMatch("is for no name", CA.forAddress("192.0.2.1").chain(), issuer);
        assertNoMatch("not for TLS servers", CA.clientOnly(HOST).chain(), issuer);
        assertNoMatch("RSA key of 1024 bits", CA.weakKey(HOST).chain(), issuer);
        assertNoMatch("does not match", CA.selfSigned(HOST).chain(), issuer);
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example, true, the name itself",
        "MX.Example., true, without case and the trailing dot",
        "*.example.org, false, of another domain",
        "*.mx.example, false, a wildcard is exactly one label",
        "xmx.example, false, a name that ends alike",
    })
    void daneTaShouldCompareNamesAsThePolicyDoes(String carried, boolean matches, String why) {
        assertThat(verify(CA.good(carried).chain(), record(2, 1, 1, CA.intermediate()))
                        .matches())
                .as(why)
                .isEqualTo(matches);
    }

    @Test
    void daneTaShouldTakeAnyOfTheReferenceNames() {
        TlsaSet records = TlsaSet.of(List.of(record(2, 1, 1, CA.intermediate())));
        List<X509Certificate> chain =
                CA.good("next-hop.example", "*.wild.example").chain();
        assertThat(DaneVerifier.verify(records, chain, Set.of(HOST, "next-hop.example"), NOW)
                        .matches())
                .isTrue();
        assertThat(DaneVerifier.verify(records, chain, Set.of("a.wild.example"), NOW)
                        .matches())
                .isTrue();
        assertThat(DaneVerifier.verify(records, chain, Set.of(HOST), NOW).matches())
                .isFalse();
        assertThat(DaneVerifier.verify(records, chain, Set.of(), NOW).matches())
                .as("no name to compare with")
                .isFalse();
    }

    @Test
    void addressShouldNotPassAsAName() {
        TlsaSet records = TlsaSet.of(List.of(record(2, 1, 1, CA.intermediate())));
        List<X509Certificate> chain = CA.good("192.0.2.1").chain();
        assertThat(DaneVerifier.verify(records, chain, Set.of("192.0.2.1"), NOW).matches())
                .isFalse();
    }

    @Test
    void nothingShouldMatchWithoutRecordsOrCertificates() {
        assertNoMatch("no usable TLSA record", CHAIN);
        assertNoMatch("no usable TLSA record", CHAIN, record(1, 1, 1, KIT.good.leaf()));
        assertNoMatch("showed no certificate", List.of(), record(3, 1, 1, KIT.good.leaf()));
    }

    @Test
    void oneMatchShouldBeEnough() {
        TlsaRecord current = record(3, 1, 1, KIT.good.leaf());
        assertThat(verify(CHAIN, foreign(3, 1, 1), current, foreign(2, 1, 1)).by())
                .contains(current);
    }

    @Test
    void daneEeShouldWinOverADaneTaThatFails() {
        Identity expired = CA.expired(HOST);
        TlsaRecord leaf = record(3, 1, 1, expired.leaf());
        assertThat(verify(expired.chain(), record(2, 1, 1, CA.intermediate()), leaf)
                        .by())
                .contains(leaf);
    }

    @Test
    void strongerDigestShouldDecideAlone() {
        TlsaRecord right = record(3, 1, 1, KIT.good.leaf());
        assertNoMatch("does not match", CHAIN, right, foreign(3, 1, 2));
        assertThat(verify(CHAIN, right, foreign(3, 0, 2)).matches())
                .as("another selector")
                .isTrue();
        assertThat(verify(CHAIN, right, foreign(2, 1, 2)).matches())
                .as("another usage")
                .isTrue();
        assertThat(verify(CHAIN, right, new TlsaRecord(3, 1, 2, "00")).matches())
                .as("an unusable one is not stronger")
                .isTrue();
        assertThat(verify(CHAIN, record(3, 1, 0, KIT.good.leaf()), foreign(3, 1, 2))
                        .matches())
                .as("the whole key is no digest")
                .isTrue();
    }

    @Test
    void detailShouldTellWhatMatchedAndWhatNot() {
        TlsaRecord right = record(3, 1, 1, KIT.good.leaf());
        String digits = right.data().substring(0, 16);
        assertThat(verify(CHAIN, right).detail()).isEqualTo("TLSA 3 1 1 " + digits + "... matches the server's key");
        assertThat(verify(CHAIN, record(3, 0, 1, KIT.good.leaf())).detail())
                .endsWith("matches the server's certificate");
        assertThat(verify(CHAIN, record(2, 1, 1, CA.intermediate())).detail())
                .endsWith("matches the CA \"CN=Test Intermediate\"");
        assertThat(verify(CHAIN, foreign(3, 1, 1), foreign(2, 1, 1)).detail())
                .isEqualTo("none of 2 usable TLSA records matches; the server's key is " + right);
    }

    @Test
    void detailShouldStayOnOneLine() {
        Identity hostile = CA.good("a.example\r\nfine: \u001b[32m\u202e" + "x".repeat(5000));
        String detail =
                verify(hostile.chain(), record(2, 1, 1, CA.intermediate())).detail();
        assertThat(detail).doesNotContainPattern("\\p{C}").hasSizeLessThan(400);
    }

    @Test
    void verdictShouldGoByTheTimeHandedIn() {
        TlsaSet records = TlsaSet.of(List.of(record(2, 1, 1, CA.intermediate())));
        Instant later = NOW.plusSeconds(366L * 86_400);
        assertThat(DaneVerifier.verify(records, CHAIN, Set.of(HOST), later).matches())
                .isFalse();
    }
}
