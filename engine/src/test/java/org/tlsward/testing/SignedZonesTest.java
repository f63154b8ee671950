/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.HostLookups;
import org.tlsward.dns.MxHost;

class SignedZonesTest {
    @Test
    void zoneThatWasChangedShouldBeSecureAgain() {
        try (SignedZones dns =
                SignedZones.of().signed("a.example", "@ MX 1 one").start()) {
            HostLookup before = HostLookups.of(dns.validating(), Clock.systemUTC());
            assertThat(before.mx("a.example"))
                    .isEqualTo(new Found<>(List.of(new MxHost(1, "one.a.example")), Security.SECURE));
            dns.change("a.example", "@ MX 2 two");
            assertThat(before.mx("a.example"))
                    .as("remembered")
                    .isEqualTo(new Found<>(List.of(new MxHost(1, "one.a.example")), Security.SECURE));
            assertThat(HostLookups.of(dns.trusting(), Clock.systemUTC()).mx("a.example"))
                    .isEqualTo(new Found<>(List.of(new MxHost(2, "two.a.example")), Security.SECURE));
        }
    }
}
