/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/**
 * Which recursive servers to ask.
 *
 * @param addresses tried in this order
 * @param timeout for each server and round
 * @param rounds how often to go through all of them
 */
public record DnsServers(List<InetSocketAddress> addresses, Duration timeout, int rounds) {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final int USUAL_ROUNDS = 2;

    /** Copies its arguments. */
    public DnsServers {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no DNS server (expected: at least one address with a port)");
        }
    }

    /** Those servers, with the usual times. */
    public static DnsServers of(List<InetSocketAddress> addresses) {
        return new DnsServers(addresses, USUAL_TIMEOUT, USUAL_ROUNDS);
    }

    /** Those of the operating system. */
    public static DnsServers ofSystem() {
        return of(ResolverConfig.getCurrentConfig().servers());
    }
}
