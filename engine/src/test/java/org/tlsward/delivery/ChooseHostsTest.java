/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.NextHop;
import org.tlsward.testing.FakeHostLookup;

class ChooseHostsTest {
    private final FakeHostLookup dns = new FakeHostLookup();
    private OwnHosts own = new OwnHosts(Set.of("us.example"), Set.of(), true);

    private HostChoice choose(Destination destination) {
        return new ChooseHosts(dns, own, 25, new Random(1)).choose(destination);
    }

    private HostChoice choose(String domain) {
        return choose(Destination.of(domain));
    }

    private static Destination via(String hop) {
        return new Destination("two.example", Optional.of(NextHop.parse(hop)), Optional.empty(), Optional.empty());
    }

    private List<String> names(HostChoice choice) {
        assertThat(choice).isInstanceOf(HostChoice.Hosts.class);
        return ((HostChoice.Hosts) choice)
                .hosts().stream().map(host -> host.candidate().host()).toList();
    }

    private static String none(HostChoice choice) {
        assertThat(choice).isInstanceOf(HostChoice.None.class);
        HostChoice.None none = (HostChoice.None) choice;
        return none.replyCode() + " " + none.status();
    }

    @Test
    void hostsShouldComeByPreference() {
        dns.mx("two.example", "20 b.two.example", "5 a.two.example", "100 c.two.example");
        dns.host("a.two.example", "192.0.2.1")
                .host("b.two.example", "192.0.2.2")
                .host("c.two.example", "192.0.2.3");
        assertThat(names(choose("two.example"))).containsExactly("a.two.example", "b.two.example", "c.two.example");
    }

    @Test
    void equalHostsShouldComeInAnyOrder() {
        dns.mx("two.example", "10 a.two.example", "10 b.two.example");
        dns.host("a.two.example", "192.0.2.1").host("b.two.example", "192.0.2.2");
        ChooseHosts chooser = new ChooseHosts(dns, own, 25, new Random(1));
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            firsts.add(names(chooser.choose(Destination.of("two.example"))).get(0));
        }
        assertThat(firsts).hasSize(2);
    }

    @Test
    void domainWithoutMxShouldBeItsOwnHost() {
        dns.noMx("two.example").host("two.example", "192.0.2.1");
        assertThat(names(choose("two.example"))).containsExactly("two.example");
    }

    @ParameterizedTest
    @CsvSource({"two.example, 550 5.1.2", "empty.example, 550 5.1.2", "null.example, 556 5.1.10"})
    void domainsWithoutMailShouldBeFinal(String domain, String expected) {
        dns.noMx("empty.example").mx("null.example", "0 .").host("null.example", "192.0.2.1");
        assertThat(none(choose(domain))).isEqualTo(expected);
    }

    @Test
    void nullMxBesideOthersShouldBeIgnored() {
        dns.mx("two.example", "0 .", "10 a.two.example").host("a.two.example", "192.0.2.1");
        assertThat(names(choose("two.example"))).containsExactly("a.two.example");
    }

    @Test
    void mxHostsWithoutAddressesShouldBeLeftOut() {
        dns.mx("two.example", "5 gone.two.example", "10 a.two.example").host("a.two.example", "192.0.2.1");
        assertThat(names(choose("two.example"))).containsExactly("a.two.example");
        dns.mx("three.example", "5 gone.two.example");
        assertThat(none(choose("three.example"))).isEqualTo("550 5.4.4");
    }

    @Test
    void errorShouldNotBeAbsence() {
        dns.mxFails("two.example").host("two.example", "192.0.2.1");
        assertThat(choose("two.example")).isInstanceOf(HostChoice.Unknown.class);
        dns.noMx("three.example").hostFails("three.example");
        assertThat(choose("three.example")).isInstanceOf(HostChoice.Unknown.class);
        dns.mx("four.example", "5 x.four.example", "10 y.four.example").hostFails("x.four.example");
        assertThat(choose("four.example")).isInstanceOf(HostChoice.Unknown.class);
        dns.host("y.four.example", "192.0.2.4");
        assertThat(names(choose("four.example"))).containsExactly("y.four.example");
        assertThat(((HostChoice.Hosts) choose("four.example")).complete()).isFalse();
    }

    @Test
    void ourselvesAndWorseShouldBeDropped() {
        dns.mx("two.example", "5 a.two.example", "10 US.example", "10 b.two.example", "20 c.two.example");
        dns.host("a.two.example", "192.0.2.1")
                .host("b.two.example", "192.0.2.2")
                .host("c.two.example", "192.0.2.3");
        assertThat(names(choose("two.example"))).containsExactly("a.two.example");
    }

    @Test
    void ourselvesAsBestShouldBeALoop() throws Exception {
        dns.mx("two.example", "5 us.example", "10 b.two.example").host("b.two.example", "192.0.2.2");
        assertThat(none(choose("two.example"))).isEqualTo("554 5.4.6");
        dns.mx("three.example", "5 x.three.example").host("x.three.example", "192.0.2.9");
        own = new OwnHosts(Set.of(), Set.of(InetAddress.getByName("192.0.2.9")), true);
        assertThat(none(choose("three.example"))).isEqualTo("554 5.4.6");
        assertThat(none(choose("[192.0.2.9]"))).isEqualTo("554 5.4.6");
        for (String loop : List.of("127.0.0.1", "127.8.8.8", "0.0.0.0", "::1", "::")) {
            dns.host("x.three.example", loop);
            assertThat(none(choose("three.example"))).as(loop).isEqualTo("554 5.4.6");
        }
    }

    @Test
    void fixedNextHopShouldAskForNoMx() {
        dns.host("hub.example", "192.0.2.7");
        HostChoice choice = choose(via("hub.example:2525"));
        assertThat(names(choice)).containsExactly("hub.example");
        MailHost host = ((HostChoice.Hosts) choice).hosts().get(0);
        assertThat(host.port()).isEqualTo(2525);
        assertThat(host.candidate().origin()).isEqualTo(Origin.CONFIGURATION);
        assertThat(dns.questions()).containsExactly("A hub.example");
        MailHost literal =
                ((HostChoice.Hosts) choose(via("[192.0.2.8]:26"))).hosts().get(0);
        assertThat(literal.name()).isEmpty();
        assertThat(dns.questions()).hasSize(1);
    }

    @Test
    void fixedNextHopWithoutAddressShouldWaitForTheAdmin() {
        assertThat(choose(via("hub.example"))).isInstanceOf(HostChoice.Unknown.class);
    }

    @Test
    void addressLiteralsShouldBeUsedAsTheyAre() {
        MailHost host =
                ((HostChoice.Hosts) choose("[IPv6:2001:db8::1]")).hosts().get(0);
        assertThat(host.addresses()).extracting(InetAddress::getHostAddress).containsExactly("2001:db8:0:0:0:0:0:1");
        assertThat(none(choose("[mx.example]"))).isEqualTo("550 5.1.2");
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void familiesShouldTakeTurns() {
        dns.noMx("two.example").host("two.example", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2");
        List<InetAddress> order =
                ((HostChoice.Hosts) choose("two.example")).hosts().get(0).addresses();
        assertThat(order).hasSize(4);
        assertThat(order).extracting(each -> each.getAddress().length).containsExactly(16, 4, 16, 4);
    }

    @Test
    void secureAnswersShouldMakeTrustedCandidates() {
        dns.mx("two.example", Security.SECURE, "5 a.two.example").host("a.two.example", "192.0.2.1");
        MailHost host = ((HostChoice.Hosts) choose("two.example")).hosts().get(0);
        assertThat(host.candidate().origin()).isEqualTo(Origin.SECURE_DNS);
        dns.mx("two.example", "5 a.two.example");
        assertThat(((HostChoice.Hosts) choose("two.example"))
                        .hosts()
                        .get(0)
                        .candidate()
                        .origin())
                .isEqualTo(Origin.INSECURE_DNS);
    }

    /** RFC 7672 §2.1.2: it waits, and the code tells a forged answer from one that did not come. */
    @Test
    void bogusAnswerShouldBeToldFromAFailure() {
        dns.mx("one.example", new Failed<>(Trouble.BOGUS, "bad signature"));
        assertThat(choose("one.example")).isInstanceOfSatisfying(HostChoice.Unknown.class, unknown -> {
            assertThat(unknown.status()).isEqualTo("4.7.5");
            assertThat(unknown.said()).isEqualTo("dnssec-failed: bad signature");
        });
        dns.mx("one.example", new Failed<>(Trouble.TIMEOUT, "no answer"));
        assertThat(choose("one.example")).isInstanceOfSatisfying(HostChoice.Unknown.class, unknown -> {
            assertThat(unknown.status()).isEqualTo("4.4.3");
            assertThat(unknown.said()).isEqualTo("no answer");
        });
        dns.mx("one.example", "10 mx.one.example").host("mx.one.example", new Failed<>(Trouble.BOGUS, "bad signature"));
        assertThat(choose("one.example"))
                .isInstanceOfSatisfying(HostChoice.Unknown.class, unknown -> assertThat(unknown.status())
                        .isEqualTo("4.7.5"));
    }
}
