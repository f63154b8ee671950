/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.health.HealthProblem;
import org.tlsward.testing.FakeHostLookup;

class ResolverSelfTestTest {
    private static final DnsSettings SETTINGS = new DnsSettings(
            DnsSettings.Mode.TRUST_AD,
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353)),
            Optional.empty(),
            "signed.example",
            "broken.example",
            DnsSettings.InsecureMx.DANE);

    private final FakeHostLookup lookup = new FakeHostLookup();

    private static DnsAnswer<InetAddress> found(Security security) {
        return new Found<>(List.of(InetAddress.getLoopbackAddress()), security);
    }

    private static DnsAnswer<InetAddress> failed(Trouble trouble) {
        return new Failed<>(trouble, "why");
    }

    private List<HealthProblem> tested(DnsAnswer<InetAddress> signed, DnsAnswer<InetAddress> broken) {
        lookup.host("signed.example", signed).host("broken.example", broken);
        try (ResolverSelfTest test = new ResolverSelfTest(lookup, SETTINGS, Clock.systemUTC())) {
            test.test();
            return test.problems();
        }
    }

    @Test
    void secureNameAndRefusedNameShouldBeWell() {
        assertThat(tested(found(Security.SECURE), failed(Trouble.BOGUS))).isEmpty();
        assertThat(tested(found(Security.SECURE), failed(Trouble.SERVER))).isEmpty();
        assertThat(tested(found(Security.SECURE), new Absent<>(false, Security.SECURE)))
                .isEmpty();
    }

    @Test
    void resolverThatStripsShouldBeNamedWithTheRemedy() {
        for (DnsAnswer<InetAddress> signed : List.of(found(Security.INSECURE), failed(Trouble.BOGUS))) {
            assertThat(tested(signed, found(Security.INSECURE))).singleElement().satisfies(problem -> assertThat(
                            problem.component() + problem.message())
                    .contains("127.0.0.1 port 5353", "mode trust-ad", "signed.example", "Install Unbound"));
        }
    }

    @Test
    void resolverThatDoesNotValidateShouldBeNamed() {
        for (DnsAnswer<InetAddress> broken : List.<DnsAnswer<InetAddress>>of(
                found(Security.INSECURE), found(Security.SECURE), new Absent<>(true, Security.INSECURE))) {
            assertThat(tested(found(Security.SECURE), broken))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("broken.example", "Install Unbound"));
        }
    }

    @Test
    void noNetworkShouldNotBeAProblem() {
        assertThat(tested(failed(Trouble.TIMEOUT), failed(Trouble.TIMEOUT))).isEmpty();
        assertThat(tested(failed(Trouble.SERVER), failed(Trouble.SERVER))).isEmpty();
    }

    @Test
    void problemShouldEndWhenTheResolverIsMended() {
        lookup.host("signed.example", found(Security.INSECURE)).host("broken.example", found(Security.INSECURE));
        try (ResolverSelfTest test = new ResolverSelfTest(lookup, SETTINGS, Clock.systemUTC())) {
            test.test();
            assertThat(test.problems()).hasSize(1);
            lookup.host("signed.example", found(Security.SECURE)).host("broken.example", failed(Trouble.BOGUS));
            test.test();
            assertThat(test.problems()).isEmpty();
        }
    }
}
