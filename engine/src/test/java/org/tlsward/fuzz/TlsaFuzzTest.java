/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.dane.DaneVerifier;
import org.tlsward.dane.TlsaSet;
import org.tlsward.dane.TlsaSet.Examined;
import org.tlsward.dane.TlsaSet.Standing;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.testing.TestCa;

/** TLSA records as a zone may have them: usage, selector and matching type in an octet each, two octets of length, the data; again. */
class TlsaFuzzTest {
    private static final List<X509Certificate> CHAIN =
            TestCa.today().good("mx.example").chain();

    @FuzzTest(maxDuration = "60s")
    void setShouldSayOfEveryRecordWhetherItCounts(byte[] zone) {
        List<TlsaRecord> records = records(ByteBuffer.wrap(zone));
        TlsaSet set = TlsaSet.of(records);
        assertThat(set.examined()).extracting(Examined::record).hasSameElementsAs(records);
        assertThat(set.examined())
                .filteredOn(examined -> examined.standing() == Standing.USED)
                .extracting(Examined::record)
                .hasSameElementsAs(set.used());
        assertThat(set.examined())
                .allSatisfy(examined ->
                        assertThat(examined.why().isEmpty()).isEqualTo(examined.standing() == Standing.USED));
        assertThat(set.used()).allSatisfy(record -> assertThat(record.usage()).isIn(2, 3));
        assertThat(verify(set, List.of()).matches()).isFalse();
        DaneVerdict verdict = verify(set, CHAIN);
        assertThat(verdict.by().isPresent()).isEqualTo(verdict.matches());
        assertThat(set.used()).containsAll(verdict.by().stream().toList());
    }

    private static DaneVerdict verify(TlsaSet set, List<X509Certificate> chain) {
        return DaneVerifier.verify(set, chain, Set.of("mx.example"), Instant.EPOCH);
    }

    private static List<TlsaRecord> records(ByteBuffer zone) {
        List<TlsaRecord> records = new ArrayList<>();
        while (zone.remaining() >= 5 && records.size() < 50) {
            int usage = zone.get() & 0xFF;
            int selector = zone.get() & 0xFF;
            int matching = zone.get() & 0xFF;
            byte[] data = new byte[Math.min(zone.getShort() & 0xFFFF, zone.remaining())];
            zone.get(data);
            records.add(new TlsaRecord(usage, selector, matching, HexFormat.of().formatHex(data)));
        }
        return records;
    }
}
