/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.dane.DaneKit.record;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.dane.TlsaSet.Examined;
import org.tlsward.dane.TlsaSet.Standing;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.policy.TlsaRecords;

class TlsaSetTest {
    private static final DaneKit KIT = new DaneKit();
    private static final String SHA256 = "ab".repeat(32);
    private static final String SHA512 = "cd".repeat(64);

    private static Examined only(TlsaRecord record) {
        TlsaSet set = TlsaSet.of(List.of(record));
        assertThat(set.examined()).hasSize(1);
        assertThat(set.isUsable()).isEqualTo(set.examined().get(0).standing() == Standing.USED);
        assertThat(set.state()).isEqualTo(set.isUsable() ? TlsaRecords.USABLE : TlsaRecords.UNUSABLE);
        return set.examined().get(0);
    }

    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "3,0", "3,1"})
    void setShouldUseWhatIsWellFormed(int usage, int selector) {
        for (int matching = 0; matching <= 2; matching++) {
            Examined examined = only(record(usage, selector, matching, KIT.good.leaf()));
            assertThat(examined.standing()).as(examined.why()).isEqualTo(Standing.USED);
            assertThat(examined.why()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, sha256, usage 0 is not for SMTP (expected: 2 or 3)",
        "1, 1, 1, sha256, usage 1 is not for SMTP (expected: 2 or 3)",
        "4, 1, 1, sha256, unsupported usage 4 (expected: 2 or 3)",
        "255, 1, 1, sha256, unsupported usage 255 (expected: 2 or 3)",
        "3, 2, 1, sha256, unsupported selector 2 (expected: 0 or 1)",
        "2, 255, 1, sha256, unsupported selector 255 (expected: 0 or 1)",
        "3, 1, 3, sha256, 'unsupported matching type 3 (expected: 0, 1 or 2)'",
        "3, 1, 255, sha256, 'unsupported matching type 255 (expected: 0, 1 or 2)'",
        "3, 1, 2, sha256, 'the data is no SHA-512 (expected: 128 hexadecimal digits, found: 64 characters)'",
        "3, 1, 1, sha512, 'the data is no SHA-256 (expected: 64 hexadecimal digits, found: 128 characters)'",
        "3, 1, 1, '', 'the data is no SHA-256 (expected: 64 hexadecimal digits, found: 0 characters)'",
        "2, 0, 0, '', the data is no certificate",
        "3, 1, 0, '', the data is no public key (expected: SubjectPublicKeyInfo in DER)",
        "3, 0, 0, sha256, the data is no certificate",
        "2, 1, 0, sha256, the data is no public key (expected: SubjectPublicKeyInfo in DER)",
        "3, 1, 1, zz, 'the data is no SHA-256 (expected: 64 hexadecimal digits, found: 2 characters)'",
    })
    void setShouldSayWhyARecordIsUnusable(int usage, int selector, int matching, String data, String why) {
        String hex = data.replace("sha256", SHA256).replace("sha512", SHA512);
        Examined examined = only(new TlsaRecord(usage, selector, matching, hex));
        assertThat(examined.standing()).isEqualTo(Standing.UNUSABLE);
        assertThat(examined.why()).isEqualTo(why);
    }

    @Test
    void setShouldNotTakeWholeDataWithSomethingAfterIt() {
        for (int selector = 0; selector <= 1; selector++) {
            TlsaRecord whole = record(3, selector, 0, KIT.good.leaf());
            assertThat(only(new TlsaRecord(3, selector, 0, whole.data() + "00")).standing())
                    .isEqualTo(Standing.UNUSABLE);
            String cut = whole.data().substring(0, whole.data().length() - 2);
            assertThat(only(new TlsaRecord(3, selector, 0, cut)).standing()).isEqualTo(Standing.UNUSABLE);
        }
        assertThat(only(new TlsaRecord(3, 0, 0, record(3, 1, 0, KIT.good.leaf()).data()))
                        .standing())
                .as("a key where a certificate should be")
                .isEqualTo(Standing.UNUSABLE);
        assertThat(only(new TlsaRecord(3, 1, 0, record(3, 0, 0, KIT.good.leaf()).data()))
                        .standing())
                .as("a certificate where a key should be")
                .isEqualTo(Standing.UNUSABLE);
    }

    @Test
    void strongestDigestOfAUsageAndSelectorShouldCountAlone() {
        TlsaRecord weak = new TlsaRecord(3, 1, 1, SHA256);
        TlsaRecord strong = new TlsaRecord(3, 1, 2, SHA512);
        TlsaRecord whole = record(3, 1, 0, KIT.good.leaf());
        TlsaRecord otherSelector = new TlsaRecord(3, 0, 1, SHA256);
        TlsaRecord otherUsage = new TlsaRecord(2, 1, 1, SHA256);
        TlsaSet set = TlsaSet.of(List.of(weak, strong, whole, otherSelector, otherUsage));
        assertThat(set.used()).containsExactlyInAnyOrder(strong, whole, otherSelector, otherUsage);
        assertThat(set.examined())
                .contains(new Examined(weak, Standing.OUTRANKED, "not used, because 3 1 2 stands beside it"));
    }

    @Test
    void stateShouldBeThatOfThePolicy() {
        assertThat(TlsaSet.of(List.of()).state()).isEqualTo(TlsaRecords.NONE);
        TlsaRecord pkix = new TlsaRecord(1, 1, 1, SHA256);
        assertThat(TlsaSet.of(List.of(pkix)).state()).isEqualTo(TlsaRecords.UNUSABLE);
        assertThat(TlsaSet.of(List.of(pkix, new TlsaRecord(3, 1, 1, SHA256))).state())
                .isEqualTo(TlsaRecords.USABLE);
    }

    @Test
    void orderAndRepetitionShouldMeanNothing() {
        TlsaRecord one = new TlsaRecord(3, 1, 1, SHA256);
        TlsaRecord two = new TlsaRecord(2, 1, 2, SHA512);
        assertThat(TlsaSet.of(List.of(one, two, one)))
                .isEqualTo(TlsaSet.of(List.of(two, one)))
                .hasSameHashCodeAs(TlsaSet.of(List.of(two, one)));
        assertThat(TlsaSet.of(List.of(one))).isNotEqualTo(TlsaSet.of(List.of(two)));
        assertThat(TlsaSet.of(List.of(one, two)).used()).containsExactly(one, two);
    }
}
