/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tlsward.dane.DaneRecords;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.MxHost;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.IpNetwork;

/** What the domain of {@link LevelPeers} publishes, in the words of {@link LevelTable}. */
public final class LevelPublications {
    private static final InetAddress LOOPBACK = IpNetwork.parse("127.0.0.1").base();
    private final LevelPeers.Peer peer;
    private final int port;
    private final FakeHostLookup dns;
    private StsAnswer policy = new StsAnswer.None();

    private LevelPublications(LevelPeers.Peer peer, int port, FakeHostLookup dns) {
        this.peer = peer;
        this.port = port;
        this.dns = dns;
    }

    /**
     * Publishes it.
     *
     * @param published parts separated by commas
     * @param peer whose host it is about, on 127.0.0.1
     * @return the MTA-STS policy
     */
    public static StsAnswer publish(String published, LevelPeers.Peer peer, int port, FakeHostLookup dns) {
        LevelPublications publications = new LevelPublications(peer, port, dns);
        publications.mx(Security.INSECURE, Security.INSECURE);
        List.of(published.split(", ")).forEach(publications::add);
        return publications.policy;
    }

    private void add(String part) {
        switch (part) {
            case "secure MX" -> mx(Security.SECURE, Security.SECURE);
            case "insecure MX" -> mx(Security.INSECURE, Security.SECURE);
            case "DANE-EE matches" -> tlsa(
                    record(3, peer.identity().map(Identity::leaf).orElse(LevelPeers.root())));
            case "DANE-EE of another key" -> tlsa(record(3, LevelPeers.root()));
            case "DANE-TA matches" -> tlsa(
                    record(2, peer.identity().orElseThrow().chain().get(1)));
            case "no usable TLSA" -> tlsa(record(1, LevelPeers.root()));
            case "TLSA look-up fails" -> dns.tlsa(peer.mx(), port, new Failed<>(Trouble.SERVER, "SERVFAIL"));
            case "MTA-STS enforce" -> policy(StsPolicy.Mode.ENFORCE, peer.mx());
            case "MTA-STS enforce without this host" -> policy(StsPolicy.Mode.ENFORCE, "mx.other.example");
            case "MTA-STS testing" -> policy(StsPolicy.Mode.TESTING, peer.mx());
            case "MTA-STS testing without this host" -> policy(StsPolicy.Mode.TESTING, "mx.other.example");
            case "MTA-STS look-up fails" -> policy = new StsAnswer.LookupFailed("SERVFAIL");
            default -> throw new IllegalArgumentException("unknown publication \"" + part + "\"");
        }
    }

    private void mx(Security mx, Security host) {
        dns.mx(LevelPeers.DOMAIN, new Found<>(List.of(new MxHost(10, peer.mx())), mx));
        DnsAnswer<InetAddress> addresses = new Found<>(List.of(LOOPBACK), host, Optional.empty());
        dns.host(peer.mx(), addresses);
    }

    private void tlsa(TlsaRecord record) {
        dns.tlsa(peer.mx(), port, new Found<>(List.of(record), Security.SECURE));
    }

    private static TlsaRecord record(int usage, X509Certificate certificate) {
        return DaneRecords.of(usage, 1, 1, certificate);
    }

    private void policy(StsPolicy.Mode mode, String pattern) {
        StsPolicy known = new StsPolicy(mode, List.of(pattern), Duration.ofDays(7), List.of("version: STSv1"));
        policy = new StsAnswer.Known(known, "1", Instant.MAX);
    }
}
