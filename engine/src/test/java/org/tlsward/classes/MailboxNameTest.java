/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxNameTest {

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dr.a@klinik.example|dr.a@klinik.example|plain",
                " dr.a@klinik.example |dr.a@klinik.example|blanks around",
                "DR.A@KLINIK.EXAMPLE|dr.a@klinik.example|case of both halves, also in Turkey",
                "INFO@KLINIK.EXAMPLE|info@klinik.example|I is i",
                "dr.a+labor@klinik.example|dr.a@klinik.example|sub-address",
                "dr.a+labor+x@klinik.example|dr.a@klinik.example|the first delimiter counts",
                "+labor@klinik.example|+labor@klinik.example|nothing before the delimiter",
                "+labor+x@klinik.example|+labor+x@klinik.example|nothing before the first delimiter",
                "`\"dr.a\"@klinik.example`|dr.a@klinik.example|quotes",
                "`\"dr\\.a\"@klinik.example`|dr.a@klinik.example|quoted pair",
                "`dr\\.a@klinik.example`|dr.a@klinik.example|quoted pair without quotes",
                "`dr.\"a\"@klinik.example`|dr.a@klinik.example|quotes in the middle",
                "`\"dr.a+labor\"@klinik.example`|dr.a@klinik.example|sub-address in quotes",
                "`\"a@b\"@klinik.example`|a@b@klinik.example|an @ in quotes",
                "`\"dr a\"@klinik.example`|dr a@klinik.example|a blank in quotes",
                "dr.a@klinik.example.|dr.a@klinik.example|trailing dot",
                "dr.a@klinik.example..|dr.a@klinik.example|trailing dots",
                "dr.a@MÜNCHEN.example|dr.a@xn--mnchen-3ya.example|U-label",
                "dr.a@XN--MNCHEN-3YA.example|dr.a@xn--mnchen-3ya.example|A-label in upper case",
                "dr.a@straße.example|dr.a@xn--strae-oqa.example|IDNA 2008: ß is not ss",
                "ΟΔΟΣ@ς.example|οδοσ@xn--3xa.example|a final sigma counts in a domain only",
                "İ@İ.example|i\u0307@xn--i-9bb.example|the dot of the Turkish I",
                "dr.a@klinik。example|dr.a@klinik.example|ideographic full stop",
                "dr.a@ｋｌｉｎｉｋ．example|dr.a@klinik.example|full-width letters",
                "dr.a@kli\u00adnik.example|dr.a@klinik.example|soft hyphen",
                "mu\u0308ller@klinik.example|m\u00fcller@klinik.example|combining character",
                "MÜLLER@klinik.example|müller@klinik.example|umlaut",
                "ｄｒ.a@klinik.example|ｄｒ.a@klinik.example|full-width before the @ is another mailbox",
                "a@[192.0.2.1]|a@[192.0.2.1]|address literal",
                "a@192.0.2.1|a@[192.0.2.1]|James drops the brackets",
                "a@[IPv6:2001:DB8:0:0::1]|a@[ipv6:2001:db8:0:0:0:0:0:1]|IPv6 literal",
                "a@[IPv6:::ffff:192.0.2.1]|a@[192.0.2.1]|IPv4 in IPv6",
                "a@foo_bar.example|a@foo_bar.example|a name that no host has",
                "a@-x-.example|a@-x-.example|hyphens where none belong",
                "postmaster@localhost|postmaster@localhost|one label",
            })
    void parseShouldNormalise(String address, String expected, String why) {
        assertThat(MailboxName.parse(address, "+")).as(why).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "praxis",
                "praxis@",
                "@klinik.example",
                "\"\"@klinik.example",
                "a b@klinik.example",
                "<praxis@klinik.example>",
                "praxis@klinik..example",
                "praxis@.klinik.example",
                "praxis@kli nik.example",
                "praxis@klinik.example@other.example",
                "praxis@klinik.example,other@klinik.example",
                "\"praxis@klinik.example",
                "praxis@[::1",
                "praxis@[a b]",
                "praxis@[IPv6:1::2::3]",
                "\"a\rb\"@klinik.example",
                "a\u0000b@klinik.example",
                "\ud800@klinik.example",
                "praxis@*.example"
            })
    void parseShouldRefuseWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> MailboxName.parse(address, "+"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported address");
        assertThat(MailboxName.tryParse(address, "+")).isEmpty();
    }

    @Test
    void parseShouldSayWhatItExpects() {
        assertThatThrownBy(() -> MailboxName.parse("praxis", "+"))
                .hasMessage("unsupported address \"praxis\" (expected: an address like praxis@klinik.example)");
    }

    @Test
    void parseShouldKnowSeveralDelimitersAndNone() {
        assertThat(MailboxName.parse("dr.a-labor+x@klinik.example", "+-")).hasToString("dr.a@klinik.example");
        assertThat(MailboxName.parse("dr.a+labor@klinik.example", "")).hasToString("dr.a+labor@klinik.example");
    }

    @Test
    void asAddressShouldQuoteWhatNeedsIt() {
        assertThat(MailboxName.parse("\"a@\\\"b\\\\\"@klinik.example", "").asAddress())
                .isEqualTo("\"a@\\\"b\\\\\"@klinik.example");
        assertThat(MailboxName.parse("\"dr.a\"@klinik.example", "").asAddress()).isEqualTo("dr.a@klinik.example");
    }

    @Test
    void testsShouldRunInTurkey() {
        assertThat("I".toLowerCase(Locale.getDefault())).isEqualTo("ı");
    }
}
