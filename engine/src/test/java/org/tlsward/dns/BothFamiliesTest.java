/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.policy.IpNetwork;

class BothFamiliesTest {
    private static final InetAddress SIX = IpNetwork.parse("2001:db8::1").base();
    private static final InetAddress FOUR = IpNetwork.parse("192.0.2.1").base();

    private static DnsAnswer<InetAddress> found(Security security, InetAddress... addresses) {
        return new Found<>(List.of(addresses), security);
    }

    private static DnsAnswer<InetAddress> failed(Trouble trouble) {
        return new Failed<>(trouble, "why");
    }

    private static DnsAnswer<InetAddress> absent(Security security) {
        return new Absent<>(true, security);
    }

    @Test
    void bothShouldBeSecureOnlyIfEachIs() {
        DnsAnswer<InetAddress> secure4 = found(Security.SECURE, FOUR);
        assertThat(BothFamilies.joined(found(Security.SECURE, SIX), secure4))
                .isEqualTo(found(Security.SECURE, SIX, FOUR));
        assertThat(BothFamilies.joined(found(Security.INSECURE, SIX), secure4))
                .isEqualTo(found(Security.INSECURE, SIX, FOUR));
        assertThat(BothFamilies.joined(found(Security.SECURE, SIX), found(Security.INSECURE, FOUR)))
                .isEqualTo(found(Security.INSECURE, SIX, FOUR));
    }

    @Test
    void absentFamilyShouldChangeNothing() {
        DnsAnswer<InetAddress> four = found(Security.SECURE, FOUR);
        assertThat(BothFamilies.joined(absent(Security.INSECURE), four)).isEqualTo(four);
        assertThat(BothFamilies.joined(four, absent(Security.INSECURE))).isEqualTo(four);
    }

    @Test
    void failureBesideAbsenceShouldBeAFailure() {
        for (Trouble trouble : Trouble.values()) {
            assertThat(BothFamilies.joined(absent(Security.SECURE), failed(trouble)))
                    .isEqualTo(failed(trouble));
            assertThat(BothFamilies.joined(failed(trouble), absent(Security.SECURE)))
                    .isEqualTo(failed(trouble));
        }
    }

    @Test
    void failureBesideSecureAddressesShouldLeaveThem() {
        DnsAnswer<InetAddress> four = found(Security.SECURE, FOUR);
        for (Trouble trouble : Trouble.values()) {
            assertThat(BothFamilies.joined(failed(trouble), four)).isEqualTo(four);
            assertThat(BothFamilies.joined(four, failed(trouble))).isEqualTo(four);
        }
    }

    @Test
    void bogusBesideInsecureShouldBeBogusAndOtherFailuresNot() {
        DnsAnswer<InetAddress> four = found(Security.INSECURE, FOUR);
        assertThat(BothFamilies.joined(failed(Trouble.BOGUS), four)).isEqualTo(failed(Trouble.BOGUS));
        assertThat(BothFamilies.joined(failed(Trouble.TIMEOUT), four)).isEqualTo(four);
    }

    @Test
    void bogusShouldBeToldBeforeOtherFailures() {
        assertThat(BothFamilies.joined(failed(Trouble.TIMEOUT), failed(Trouble.BOGUS)))
                .isEqualTo(failed(Trouble.BOGUS));
        assertThat(BothFamilies.joined(failed(Trouble.BOGUS), failed(Trouble.TIMEOUT)))
                .isEqualTo(failed(Trouble.BOGUS));
    }

    @Test
    void absenceShouldBeSecureOnlyIfBothAre() {
        assertThat(BothFamilies.joined(absent(Security.SECURE), absent(Security.SECURE)))
                .isEqualTo(absent(Security.SECURE));
        assertThat(BothFamilies.joined(absent(Security.SECURE), absent(Security.INSECURE)))
                .isEqualTo(absent(Security.INSECURE));
    }

    @Test
    void addressesOfDifferentAliasesShouldNotBeMixed() {
        DnsAnswer<InetAddress> six = new Found<>(List.of(SIX), Security.SECURE, Optional.of("a.example"));
        DnsAnswer<InetAddress> four = new Found<>(List.of(FOUR), Security.SECURE, Optional.of("b.example"));
        assertThat(BothFamilies.joined(six, four)).isEqualTo(four);
    }
}
