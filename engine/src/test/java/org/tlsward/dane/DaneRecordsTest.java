/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.NOW;
import static org.tlsward.dane.DaneKit.record;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCertificate;

/** What our own side publishes, and the change of a certificate. */
class DaneRecordsTest {
    private static final Identity CA = TestCertificate.ca("Own CA", NOW).selfSigned();
    private static final Identity NOW_IN_USE = server(TestCertificate.keys("EC", 256));

    private static Identity server(KeyPair key) {
        return TestCertificate.server(NOW, HOST).key(key).signedBy(CA);
    }

    private static RollOver change(List<X509Certificate> next, TlsaRecord... published) {
        return RollOver.judge(TlsaSet.of(List.of(published)), NOW_IN_USE.chain(), next, Set.of(HOST), NOW);
    }

    @Test
    void recordShouldHoldTheCertificateOrItsKey() throws Exception {
        X509Certificate leaf = NOW_IN_USE.leaf();
        assertThat(record(3, 0, 0, leaf).data()).isEqualTo(HexFormat.of().formatHex(leaf.getEncoded()));
        assertThat(record(3, 1, 0, leaf).data())
                .isEqualTo(HexFormat.of().formatHex(leaf.getPublicKey().getEncoded()));
        assertThat(record(3, 0, 1, leaf).data()).isEqualTo(NOW_IN_USE.sha256());
        assertThatThrownBy(() -> record(3, 2, 1, leaf)).hasMessage("unsupported selector 2 (expected: 0 or 1)");
        assertThatThrownBy(() -> record(3, 1, 3, leaf)).hasMessage("unsupported matching type 3 (expected: 0, 1 or 2)");
    }

    @Test
    void ownerShouldPublishTheKeyAndTheIssuer() {
        TlsaRecord key = record(3, 1, 1, NOW_IN_USE.leaf());
        assertThat(DaneRecords.toPublish(NOW_IN_USE.chain())).containsExactly(key, record(2, 0, 1, CA.leaf()));
        assertThat(DaneRecords.toPublish(List.of(NOW_IN_USE.leaf())))
                .as("an issuer that is not sent cannot be matched")
                .containsExactly(key);
        assertThat(DaneRecords.toPublish(CA.chain())).as("self-signed").containsExactly(record(3, 1, 1, CA.leaf()));
        assertThat(DaneRecords.toPublish(List.of())).isEmpty();
        for (TlsaRecord published : DaneRecords.toPublish(NOW_IN_USE.chain())) {
            DaneKit.assertMatch(NOW_IN_USE.chain(), published);
        }
    }

    @Test
    void changeShouldBeSafeWhereAPublishedRecordMatchesTheNextChain() {
        Identity next = server(TestCertificate.keys("EC", 256));
        RollOver change = change(next.chain(), record(3, 1, 1, NOW_IN_USE.leaf()), record(3, 1, 1, next.leaf()));
        assertThat(change.isSafe()).isTrue();
        assertThat(change.current().matches()).isTrue();
        assertThat(change.missing()).isEmpty();
        assertThat(change.stale()).containsExactly(record(3, 1, 1, NOW_IN_USE.leaf()));
    }

    @Test
    void changeShouldBeSafeWithTheSameKeyOrTheSameIssuer() {
        KeyPair key = TestCertificate.keys("EC", 256);
        Identity before = server(key);
        assertThat(change(server(key).chain(), record(3, 1, 1, before.leaf())).isSafe())
                .isTrue();
        assertThat(change(server(key).chain(), record(3, 0, 1, before.leaf())).isSafe())
                .as("a renewal changes the certificate")
                .isFalse();
        Identity next = server(TestCertificate.keys("EC", 256));
        assertThat(change(next.chain(), record(2, 1, 1, CA.leaf())).isSafe()).isTrue();
    }

    /** RFC 7671 §8.4: a client may know only some of the combinations. */
    @Test
    void everyPublishedCombinationShouldMatch() {
        Identity next = server(TestCertificate.keys("EC", 256));
        RollOver change = change(next.chain(), record(3, 1, 1, NOW_IN_USE.leaf()), record(2, 0, 1, CA.leaf()));
        assertThat(change.next().matches()).isTrue();
        assertThat(change.isSafe()).isFalse();
        assertThat(change.missing()).containsExactly(record(3, 1, 1, next.leaf()));
    }

    @Test
    void changeShouldSayWhatToPublishFirst() {
        Identity next = server(TestCertificate.keys("EC", 256));
        RollOver change = change(next.chain(), record(3, 1, 1, NOW_IN_USE.leaf()));
        assertThat(change.isSafe()).isFalse();
        assertThat(change.current().matches()).isTrue();
        assertThat(change.missing()).containsExactly(record(3, 1, 1, next.leaf()), record(2, 0, 1, CA.leaf()));
        assertThat(change.stale()).containsExactly(record(3, 1, 1, NOW_IN_USE.leaf()));
    }
}
