/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.tlsward.policy.IpNetwork;

/**
 * Which addresses a policy host may have. Anybody can make us connect to an address of their choice by publishing it for {@code mta-sts}
 * of their domain and writing to us. All that arrives there is a TLS ClientHello, because the request follows only after the
 * certificate; still, nobody but us has to look into our own network.
 *
 * @param internal networks of our own, where a policy host may be
 */
record PolicyAddresses(List<IpNetwork> internal) {
    /** Networks that nobody on the public network has (RFC 6890 §2.2), and multicast. */
    private static final List<IpNetwork> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "224.0.0.0/3",
                    "::/127",
                    "fc00::/7",
                    "fe80::/9",
                    "ff00::/8")
            .map(IpNetwork::parse)
            .toList();

    PolicyAddresses {
        internal = List.copyOf(internal);
    }

    boolean permit(InetAddress address) {
        return isIn(internal, address) || !isIn(NOT_PUBLIC, address);
    }

    private static boolean isIn(List<IpNetwork> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
