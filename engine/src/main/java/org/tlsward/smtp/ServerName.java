/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Whom to connect to.
 *
 * @param host A-labels without the trailing dot; empty for a next hop that is configured as an address
 * @param address resolved, with the port
 */
public record ServerName(Optional<String> host, InetSocketAddress address) {

    /** Cuts the trailing dot: it is never part of SNI (RFC 6066 §3) or of a name that is compared. */
    public ServerName {
        host = host.map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    /** The host name, or the address in brackets. */
    public String displayName() {
        return host.orElseGet(() -> "[" + address.getAddress().getHostAddress() + "]");
    }

    @Override
    public String toString() {
        String ip = "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
        return host.map(name -> name + ip).orElse(ip);
    }
}
