/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who we are: mail for a domain whose best host is ourselves must not be sent to ourselves, nor to worse hosts, which would send it
 * back (RFC 5321 §5.1).
 *
 * @param names in A-labels
 * @param addresses of our listeners
 * @param loopback true if every loopback and unspecified address is ourselves, as usual
 */
public record OwnHosts(Set<String> names, Set<InetAddress> addresses, boolean loopback) {

    /** Copies its arguments. */
    public OwnHosts {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        addresses = Set.copyOf(addresses);
    }

    /** These names and all addresses of this machine. */
    public static OwnHosts ofThisMachine(Collection<String> names) throws SocketException {
        Set<InetAddress> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());
        return new OwnHosts(Set.copyOf(names), addresses, true);
    }

    boolean isName(String host) {
        return names.contains(host.toLowerCase(Locale.ROOT));
    }

    boolean isAddress(InetAddress address) {
        return addresses.contains(address)
                || (loopback && (address.isLoopbackAddress() || address.isAnyLocalAddress()));
    }
}
