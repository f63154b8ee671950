/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.CertificateNames;
import org.tlsward.smtp.ChainVerdict.Trust;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;

class ChainJudgeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final TestCa CA = new TestCa(NOW);
    private final ChainJudge judge = at(NOW);

    private static ChainJudge at(Instant time) {
        return new ChainJudge(List.of(CA.root()), Clock.fixed(time, ZoneOffset.UTC));
    }

    private Trust judge(List<X509Certificate> chain) {
        return judge.judge(chain).trust();
    }

    @Test
    void judgeShouldTakeAGoodChain() {
        assertThat(judge.judge(CA.good("mx.example").chain()).isValid()).isTrue();
        assertThat(judge(CA.rsa("mx.example").chain())).isEqualTo(Trust.VALID);
    }

    @Test
    void judgeShouldTakeAChainInAnyOrderAndWithTooMuch() {
        Identity good = CA.good("mx.example");
        X509Certificate foreign = new TestCa(NOW.plusNanos(5)).root();
        assertThat(judge(List.of(good.leaf(), foreign, CA.root(), CA.intermediate())))
                .isEqualTo(Trust.VALID);
    }

    @Test
    void judgeShouldTellWhatIsWrong() {
        assertThat(judge(CA.expired("mx.example").chain())).isEqualTo(Trust.EXPIRED);
        assertThat(judge(CA.notYetValid("mx.example").chain())).isEqualTo(Trust.EXPIRED);
        assertThat(judge(CA.selfSigned("mx.example").chain())).isEqualTo(Trust.UNTRUSTED);
        assertThat(judge(new TestCa(NOW.plusNanos(7)).good("mx.example").chain()))
                .isEqualTo(Trust.UNTRUSTED);
        assertThat(judge(new TestCa(NOW.plusNanos(7)).expired("mx.example").chain()))
                .isEqualTo(Trust.UNTRUSTED);
        assertThat(judge(List.of(CA.good("mx.example").leaf())))
                .as("intermediate not sent")
                .isEqualTo(Trust.UNTRUSTED);
        assertThat(judge(CA.weakKey("mx.example").chain())).isEqualTo(Trust.WEAK);
        assertThat(judge(CA.clientOnly("mx.example").chain())).isEqualTo(Trust.WRONG_PURPOSE);
        assertThat(judge(List.of())).isEqualTo(Trust.MISSING);
    }

    @Test
    void judgeShouldGoByTheClock() {
        List<X509Certificate> chain = CA.good("mx.example").chain();
        assertThat(at(NOW.plus(Duration.ofDays(366))).judge(chain).trust()).isEqualTo(Trust.EXPIRED);
        List<X509Certificate> old = CA.expired("mx.example").chain();
        assertThat(at(NOW.minus(Duration.ofDays(2))).judge(old).trust()).isEqualTo(Trust.VALID);
    }

    @Test
    void judgeShouldNotTakeALeafAsAnIssuer() {
        Identity good = CA.good("mx.example");
        assertThat(judge(List.of(CA.selfSigned("mx.example").leaf(), good.leaf(), CA.intermediate())))
                .isEqualTo(Trust.UNTRUSTED);
    }

    @Test
    void judgeShouldTakeASelfSignedCertificateThatTheAdminTrusts() {
        Identity self = CA.selfSigned("mx.example");
        ChainJudge trusting = new ChainJudge(List.of(self.leaf()), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(trusting.judge(self.chain()).trust()).isEqualTo(Trust.VALID);
        ChainJudge later =
                new ChainJudge(List.of(self.leaf()), Clock.fixed(NOW.plus(Duration.ofDays(400)), ZoneOffset.UTC));
        assertThat(later.judge(self.chain()).isValid()).isFalse();
    }

    @Test
    void judgeShouldTrustNobodyWithoutAnchors() {
        ChainJudge none = new ChainJudge(List.of(), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(none.judge(CA.good("mx.example").chain()).trust()).isEqualTo(Trust.UNTRUSTED);
    }

    @Test
    void judgeOfTheJvmShouldNotTrustTheTestCa() {
        assertThat(ChainJudge.ofJvm(Clock.fixed(NOW, ZoneOffset.UTC))
                        .judge(CA.good("mx.example").chain())
                        .trust())
                .isEqualTo(Trust.UNTRUSTED);
    }

    @Test
    void namesShouldBeAlternativeNamesOnly() {
        assertThat(CertificateNames.dnsNames(CA.commonNameOnly("mx.example").leaf()))
                .isEmpty();
        assertThat(CertificateNames.dnsNames(CA.good("MX.Example.", "*.example").leaf()))
                .containsExactly("mx.example", "*.example");
        assertThat(CertificateNames.ipAddresses(CA.forAddress("192.0.2.1").leaf()))
                .extracting(java.net.InetAddress::getHostAddress)
                .containsExactly("192.0.2.1");
    }
}
