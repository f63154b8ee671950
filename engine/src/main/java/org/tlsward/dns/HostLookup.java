/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetAddress;

/** The questions of a mail server. Implementations block, within a time limit of their own, and never throw. */
public interface HostLookup {

    /** The MX records of a domain, in any order. */
    DnsAnswer<MxHost> mx(String domain);

    /** The addresses of a host, of both families, in any order; aliases are followed. */
    DnsAnswer<InetAddress> addresses(String host);

    /**
     * The TLSA records of a service over TCP, at {@code _port._tcp.host} (RFC 6698 §3); aliases of that owner name are followed.
     *
     * @param host the TLSA base domain
     * @param port of the service
     */
    DnsAnswer<TlsaRecord> tlsa(String host, int port);

    /** The TXT records of a name; the strings of each are joined without blanks (RFC 8461 §3.1). */
    DnsAnswer<String> txt(String name);

    /**
     * The CNAME record at a name itself, not followed: whether the alias is secure where what it points to is not (RFC 7672 §2.2.2).
     *
     * @return one name, in lower case without the trailing dot
     */
    DnsAnswer<String> alias(String name);
}
