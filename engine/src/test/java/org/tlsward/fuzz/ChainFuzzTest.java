/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tlsward.dane.DaneRecords;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.dane.DaneVerifier;
import org.tlsward.dane.TlsaSet;
import org.tlsward.dns.TlsaRecord;

/** Certificates that a server may show, one DER after the other, and the records that name each of them as an anchor. */
class ChainFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @FuzzTest(maxDuration = "60s")
    void verifierShouldJudgeWhateverJavaReads(byte[] handshake) {
        List<X509Certificate> chain = chain(handshake);
        List<TlsaRecord> anchors = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            anchors.addAll(records(2, certificate));
        }
        DaneVerdict byAnchor = verify(anchors, chain);
        assertThat(byAnchor.detail()).isNotEmpty().doesNotContainPattern("\\p{C}");
        if (byAnchor.matches()) {
            List<TlsaRecord> ofTheLeaf = records(2, chain.get(0));
            assertThat(verify(ofTheLeaf, chain.subList(0, 1)).matches())
                    .as("never by itself")
                    .isFalse();
        }
        if (!chain.isEmpty()) {
            for (TlsaRecord record : records(3, chain.get(0))) {
                assertThat(verify(List.of(record), chain).by()).contains(record);
            }
        }
    }

    private static DaneVerdict verify(List<TlsaRecord> records, List<X509Certificate> chain) {
        return DaneVerifier.verify(TlsaSet.of(records), chain, Set.of("mx.example"), NOW);
    }

    private static List<TlsaRecord> records(int usage, X509Certificate certificate) {
        List<TlsaRecord> records = new ArrayList<>();
        for (int selector = 0; selector <= 1; selector++) {
            for (int matching = 0; matching <= 2; matching++) {
                records.add(DaneRecords.of(usage, selector, matching, certificate));
            }
        }
        return records;
    }

    private static List<X509Certificate> chain(byte[] handshake) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(handshake))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException | RuntimeException e) {
            return List.of(); // the handshake fails
        }
    }
}
