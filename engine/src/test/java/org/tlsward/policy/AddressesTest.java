/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.policy.Fixtures.address;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link AddressLiteral}, {@link IpNetwork}, {@link NextHop}, {@link DomainMatch}. */
class AddressesTest {

    /** Nothing of this is an address, and nothing may be looked up: the JDK would ask a resolver for half of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1",
                "256.0.0.1",
                "1.2.3",
                "010.0.0.1",
                "localhost",
                "",
                "1.2.3.4:",
                ".:1",
                ":::",
                "::1%eth0",
                "fe80::g"
            })
    void literalShouldRefuse(String text) {
        assertThat(AddressLiteral.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.129, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "10.1.2.3/8, 10.9.9.9, true"
    })
    void networkShouldContain(String network, String address, boolean expected) {
        assertThat(IpNetwork.parse(network).contains(address(address))).isEqualTo(expected);
    }

    @Test
    void baseShouldBeTheFirstAddress() {
        assertThat(IpNetwork.parse("10.1.2.3/8"))
                .isEqualTo(IpNetwork.parse("10.0.0.0/8"))
                .hasToString("10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "host.example", "10.0.0/8", "999.1.1.1"
            })
    void networkShouldRefuse(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported network \"" + text + "\"");
    }

    @Test
    void networkShouldRefuseAPrefixThatIsTooLong() {
        assertThatThrownBy(() -> new IpNetwork(address("192.0.2.1"), 33)).hasMessageContaining("expected: 0 to 32");
    }

    @Test
    void networksShouldBeNestedOrApart() {
        IpNetwork wide = IpNetwork.parse("10.0.0.0/8");
        IpNetwork narrow = IpNetwork.parse("10.1.0.0/16");
        assertThat(wide.intersect(narrow)).contains(narrow);
        assertThat(narrow.intersect(wide)).contains(narrow);
        assertThat(narrow.intersect(IpNetwork.parse("10.2.0.0/16"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mx.partner.example, mx.partner.example, 25",
        "MX.Partner.Example.:2525, mx.partner.example, 2525",
        "bücher.example, xn--bcher-kva.example, 25",
        "[192.0.2.7]:2525, 192.0.2.7, 2525",
        "192.0.2.7, 192.0.2.7, 25",
        "192.0.2.7:26, 192.0.2.7, 26",
        "[2001:db8::1]:25, 2001:db8:0:0:0:0:0:1, 25",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1, 25",
        "[IPv6:2001:db8::1]:587, 2001:db8:0:0:0:0:0:1, 587",
        "[mx.partner.example]:26, mx.partner.example, 26"
    })
    void nextHopShouldBeRead(String text, String host, int port) {
        NextHop hop = NextHop.parse(text);
        assertThat(hop.host()).isEqualTo(host);
        assertThat(hop.port()).isEqualTo(port);
        assertThat(hop.address().isPresent()).isEqualTo(host.matches("[0-9a-f:.]+"));
        assertThat(NextHop.parse(hop.toString())).isEqualTo(hop);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, an IPv6 address needs brackets",
        "[192.0.2.7, the closing bracket is missing",
        "mx.example:, is no port",
        "mx.example:0, ports go from 1 to 65535",
        "mx.example:65536, ports go from 1 to 65535",
        "mx.example:smtp, is no port",
        "[192.0.2.7]2525, is no port",
        "999.0.2.7, is no address",
        "'', is no address",
        "mx example, is neither a host name nor an address",
        "[fe80::1%eth0]:25, is neither a host name nor an address"
    })
    void nextHopShouldRefuse(String text, String why) {
        assertThatThrownBy(() -> NextHop.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported next hop \"" + text + "\"")
                .hasMessageContaining(why)
                .hasMessageContaining("expected: mx.example, mx.example:2525, [192.0.2.7]:2525 or [2001:db8::1]:25");
    }

    @ParameterizedTest
    @CsvSource({
        "partner.example, partner.example",
        "' Partner.EXAMPLE. ', partner.example",
        ".gov.example, .gov.example",
        "bücher.example, xn--bcher-kva.example",
        "*, *"
    })
    void matchShouldBeRead(String text, String canonical) {
        assertThat(DomainMatch.parse(text)).hasToString(canonical).isEqualTo(DomainMatch.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "*.gov.example", "a@b.example", "a b", "straße.example", "a..b"})
    void matchShouldRefuse(String text) {
        assertThatThrownBy(() -> DomainMatch.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported match \"" + text + "\"")
                .hasMessageContaining("expected: a domain like partner.example");
    }

    @Test
    void nameShouldNotBeLongerThanDnsAllows() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "b".repeat(61));
        assertThat(DomainName.canonicalOrEmpty(longest)).contains(longest);
        assertThat(DomainName.canonicalOrEmpty(longest + "c")).isEmpty();
        assertThat(DomainName.canonicalOrEmpty(label + "a.example")).isEmpty();
        assertThatThrownBy(() -> DomainName.canonical("a b")).hasMessageContaining("unsupported name \"a b\"");
    }

    @Test
    void turkishShouldNotMatter() {
        // The JVM of the tests runs in a Turkish locale, where I is not the capital of i.
        assertThat(DomainName.canonical("MAIL.KLINIK.EXAMPLE")).isEqualTo("mail.klinik.example");
    }

    @Test
    void passwordsShouldNotBePrinted() {
        assertThat(new Credentials("ward", "secret")).hasToString("ward:***");
    }
}
