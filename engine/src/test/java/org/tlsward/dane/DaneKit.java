/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;
import org.tlsward.testing.TestCertificate;

/** A root, a CA below it and a server below that; records about them; and the question. */
final class DaneKit {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String HOST = "mx.example";

    final TestCa ca = new TestCa(NOW);
    final Identity good = ca.good(HOST);
    final Identity root = TestCertificate.ca("Kit Root", NOW).selfSigned();

    static TlsaRecord record(int usage, int selector, int matching, X509Certificate certificate) {
        return DaneRecords.of(usage, selector, matching, certificate);
    }

    /** A record of the form of the given one that matches nothing. */
    static TlsaRecord foreign(int usage, int selector, int matching) {
        return record(
                usage,
                selector,
                matching,
                TestCertificate.ca("Foreign", NOW).selfSigned().leaf());
    }

    static DaneVerdict verify(List<X509Certificate> chain, TlsaRecord... records) {
        return DaneVerifier.verify(TlsaSet.of(Arrays.asList(records)), chain, Set.of(HOST), NOW);
    }

    static void assertMatch(List<X509Certificate> chain, TlsaRecord record) {
        DaneVerdict verdict = verify(chain, record);
        assertThat(verdict.matches()).as(verdict.detail()).isTrue();
        assertThat(verdict.by()).contains(record);
    }

    static void assertNoMatch(String why, List<X509Certificate> chain, TlsaRecord... records) {
        DaneVerdict verdict = verify(chain, records);
        assertThat(verdict.matches()).as(verdict.detail()).isFalse();
        assertThat(verdict.by()).isEmpty();
        assertThat(verdict.detail()).contains(why);
    }
}
