/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.MxHost;
import org.tlsward.dns.TlsaRecord;

/** DNS as configured at the moment of the question, for those who live longer than a configuration. */
record CurrentLookup(Supplier<HostLookup> current) implements HostLookup {
    @Override
    public DnsAnswer<MxHost> mx(String domain) {
        return current.get().mx(domain);
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
        return current.get().addresses(host);
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(String host, int port) {
        return current.get().tlsa(host, port);
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        return current.get().txt(name);
    }

    @Override
    public DnsAnswer<String> alias(String name) {
        return current.get().alias(name);
    }
}
