/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.testing.SignedZones;

/** Every kind of answer of real servers, in both modes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnssecResolverTest {
    private SignedZones dns;
    private DnssecResolver validating;
    private DnssecResolver trusting;

    @BeforeAll
    void start() {
        dns = SignedZones.of()
                .signed(
                        "secure.example",
                        """
                        @ MX 10 mx
                        mx A 192.0.2.1
                        mx AAAA 2001:db8::1
                        _25._tcp.mx TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                        *.wild A 192.0.2.3
                        toself CNAME mx
                        tonsec3 CNAME mx.nsec3.example.
                        toinsecure CNAME mx.insecure.example.
                        tobogus CNAME mx.bogus.example.
                        tonothing CNAME nothing
                        circle CNAME circle
                        joined TXT "v=STSv1; id=1" "23;"
                        delegated CNAME joined
                        moved DNAME nsec3.example.
                        movedinsecure DNAME insecure.example.
                        many TXT %s
                        """
                                .formatted(String.join(
                                        "\nmany TXT ",
                                        java.util.stream.IntStream.range(0, 60)
                                                .mapToObj(i -> "\"" + i + "x".repeat(100) + "\"")
                                                .toList())))
                .nsec3(
                        "nsec3.example",
                        """
                        @ MX 10 mx
                        mx A 192.0.2.1
                        *.wild A 192.0.2.3
                        """)
                .unsigned(
                        "insecure.example",
                        """
                        @ MX 10 mx
                        mx A 192.0.2.2
                        tosecure CNAME mx.secure.example.
                        *.wild A 192.0.2.3
                        moved DNAME secure.example.
                        """)
                .bogus("bogus.example", "@ MX 10 mx\nmx A 192.0.2.1")
                .expired("expired.example", "@ MX 10 mx\nmx A 192.0.2.1")
                .unsigned("child.nsec3.example", "@ MX 10 mx\nmx A 192.0.2.1")
                .servfail("lame.example")
                .silent("silent.example")
                .start();
        validating = lookup(new DnsSettings(DnsSettings.Mode.VALIDATE, List.of(), Optional.of(dns.trustAnchor())));
        trusting = lookup(new DnsSettings(DnsSettings.Mode.TRUST_AD, List.of(), Optional.empty()));
    }

    private DnssecResolver lookup(DnsSettings settings) {
        DnsServers servers = new DnsServers(List.of(dns.unbound()), Duration.ofSeconds(1), 1);
        return DnssecResolver.of(settings, servers, Duration.ofSeconds(5), Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        dns.close();
    }

    /** RFC 8461 §3.1, RFC 8460 §3. */
    @ParameterizedTest
    @ValueSource(strings = {"joined.secure.example", "delegated.secure.example"})
    void stringsOfATextShouldBeJoinedWithoutBlanks(String name) {
        for (HostLookup lookup : List.of(validating, trusting)) {
            assertThat(lookup.txt(name)).isInstanceOf(Found.class);
            assertThat(((Found<String>) lookup.txt(name)).records()).containsExactly("v=STSv1; id=123;");
        }
    }

    /** As the table has it. */
    private static String word(DnsAnswer<?> answer) {
        if (answer instanceof Found<?> found) {
            return found.security() + " " + found.canonical().orElse("");
        }
        return answer instanceof Absent<?> absent
                ? absent.security() + (absent.nameExists() ? " NODATA" : " NXDOMAIN")
                : ((Failed<?>) answer).trouble().toString();
    }

    private static DnsAnswer<?> ask(HostLookup lookup, String type, String name) {
        return switch (type) {
            case "MX" -> lookup.mx(name);
            case "A" -> lookup.addresses(name);
            case "TLSA" -> lookup.tlsa(name, 25);
            case "TXT" -> lookup.txt(name);
            default -> lookup.alias(name);
        };
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            MX    | secure.example              | SECURE
            A     | mx.secure.example           | SECURE
            TLSA  | mx.secure.example           | SECURE
            TXT   | many.secure.example         | SECURE
            MX    | mx.secure.example           | SECURE NODATA
            MX    | nothing.secure.example      | SECURE NXDOMAIN
            TLSA  | nothing.secure.example      | SECURE NXDOMAIN
            A     | a.wild.secure.example       | SECURE
            MX    | a.wild.secure.example       | SECURE NODATA
            A     | toself.secure.example       | SECURE mx.secure.example
            A     | tonsec3.secure.example      | SECURE mx.nsec3.example
            A     | toinsecure.secure.example   | INSECURE mx.insecure.example
            CNAME | toinsecure.secure.example   | SECURE
            A     | tobogus.secure.example      | BOGUS
            A     | tonothing.secure.example    | SECURE NXDOMAIN
            A     | circle.secure.example       | SERVER
            A     | mx.moved.secure.example     | SECURE mx.nsec3.example
            CNAME | mx.moved.secure.example     | SECURE
            A     | mx.movedinsecure.secure.example | INSECURE mx.insecure.example
            CNAME | mx.secure.example           | SECURE NODATA
            MX    | nsec3.example               | SECURE
            A     | mx.nsec3.example            | SECURE
            MX    | mx.nsec3.example            | SECURE NODATA
            MX    | nothing.nsec3.example       | INSECURE NXDOMAIN
            A     | a.wild.nsec3.example        | INSECURE
            MX    | a.wild.nsec3.example        | INSECURE NODATA
            MX    | child.nsec3.example         | INSECURE
            MX    | insecure.example            | INSECURE
            A     | mx.insecure.example         | INSECURE
            MX    | mx.insecure.example         | INSECURE NODATA
            MX    | nothing.insecure.example    | INSECURE NXDOMAIN
            A     | a.wild.insecure.example     | INSECURE
            A     | tosecure.insecure.example   | INSECURE mx.secure.example
            CNAME | tosecure.insecure.example   | INSECURE
            A     | mx.moved.insecure.example   | INSECURE mx.secure.example
            MX    | bogus.example               | BOGUS
            A     | mx.bogus.example            | BOGUS
            MX    | mx.bogus.example            | BOGUS
            MX    | nothing.bogus.example       | BOGUS
            MX    | expired.example             | BOGUS
            MX    | nothing.expired.example     | BOGUS
            MX    | lame.example                | SERVER
            A     | mx.lame.example             | SERVER
            MX    | silent.example              | TIMEOUT
            MX    | nothing                     | SECURE NXDOMAIN
            """)
    void answersShouldSayWhatIsProven(String type, String name, String expected) {
        assertThat(List.of(
                        word(ask(validating, type, name)).strip(),
                        word(ask(trusting, type, name)).strip()))
                .as("validating, trusting")
                .containsExactly(expected, expected);
    }
}
