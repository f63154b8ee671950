/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberSetTest {
    @ParameterizedTest(name = "{0} has {1}: {2}")
    @CsvSource({
        "praxis@klinik.example,Praxis+x@KLINIK.example.,true",
        "praxis@klinik.example,praxis@sub.klinik.example,false",
        "praxis+labor@klinik.example,praxis@klinik.example,true",
        "@klinik.example,anybody@klinik.example,true",
        "@klinik.example,anybody@sub.klinik.example,false",
        "@klinik.example,klinik.example@other.example,false",
        "@münchen.example,a@xn--mnchen-3ya.example,true",
        "@xn--mnchen-3ya.example,a@MÜNCHEN.example,true",
        "dr.*@klinik.example,dr.a@klinik.example,true",
        "DR.*@Klinik.example.,dr.a@klinik.example,true",
        "dr.*@klinik.example,dr.a@other.example,false",
        "dr.?@klinik.example,dr.ab@klinik.example,false",
        "*@klinik.example,a@klinik.example,true",
        "@*.klinik.example,a@sub.klinik.example,true",
        "*@*.klinik.example,a@b.c.klinik.example,true",
        "*@*.klinik.example,a@klinik.example,false",
        "*@*klinik.example,a@poliklinik.example,true",
        "*@*klinik.example,a@poliklinik.test,false",
        "*@klinik.*,a@klinik.example,true",
        "*@*,a@b,true",
        "dr.*@münchen.example,dr.a@xn--mnchen-3ya.example,true",
        "dr.*@*.MÜNCHEN.example,dr.a@x.xn--mnchen-3ya.example,true",
        "*@klinik-m?nchen.example,a@klinik-münchen.example,true",
        "*@*ünchen.example,a@xn--mnchen-3ya.example,true",
        "*@xn--m*.example,a@münchen.example,true",
        "dr.*@[192.0.2.1],dr.a@192.0.2.1,true",
        "'\"dr.*\"@klinik.example',dr.a@klinik.example,false",
        "'\"dr.*\"@klinik.example','\"dr.*\"@klinik.example',true",
    })
    void containsShouldCompareCanonicalForms(String entry, String address, boolean expected) {
        MemberSet.Builder builder = new MemberSet.Builder("+");
        builder.addEntry(entry);
        Probe probe = new Probe(MailboxName.parse(address, "+"));
        assertThat(builder.build().contains(probe)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "praxis",
                "klinik.example",
                "@",
                "*klinik*",
                "*@",
                "a*b@c@d.example",
                "dr *@klinik.example",
                "dr.*@klinik..example",
                "*@a..*.example",
                "dr.*+x@klinik.example",
                "*@[192.0.2.*]",
                "dr.a@b*c\"d"
            })
    void addEntryShouldRefuseWhatCouldNeverMatch(String entry) {
        MemberSet.Builder builder = new MemberSet.Builder("+");
        assertThatThrownBy(() -> builder.addEntry(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void addAddressShouldRefuseAPattern() {
        assertThatThrownBy(() -> new MemberSet.Builder("+").addAddress("dr.*@klinik.example"))
                .hasMessage("unsupported address \"dr.*@klinik.example\""
                        + " (expected: an address without * and ?; a pattern is declared as one)");
    }

    @Test
    void sizeShouldCountDifferentEntries() {
        MemberSet.Builder builder = new MemberSet.Builder("+");
        for (String entry :
                new String[] {"a@b.example", "A@B.example.", "*@c.example", "@c.example", "x*@c.example", "X*@c.example"
                }) {
            builder.addEntry(entry);
        }
        assertThat(builder.build().size()).isEqualTo(3);
    }
}
