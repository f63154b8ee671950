/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetAddress;

/** The questions of a mail server. Implementations block, within a time limit of their own, and never throw. */
public interface HostLookup {

    /** The MX records of a domain, in any order. */
    DnsAnswer<MxHost> mx(String domain);

    /** The addresses of a host, of both families, in any order; aliases are followed. */
    DnsAnswer<InetAddress> addresses(String host);
}
