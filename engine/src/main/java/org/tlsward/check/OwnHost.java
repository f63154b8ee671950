/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.policy.CertificateNames;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.Requirement;
import org.tlsward.smtp.ChainVerdict;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.SmtpConnection;
import org.tlsward.smtp.SmtpException;
import org.tlsward.smtp.TlsClients;
import org.tlsward.smtp.TlsFault;
import org.tlsward.smtp.TlsPeer;

/**
 * An MX host of ours and the certificate that it shows.
 *
 * @param name of the host
 * @param chain the server's certificate first; empty if it could not be found out
 * @param verdict about the chain
 * @param trouble why it could not be found out
 * @param withoutTls true if that is because it answers, and has no TLS for whoever asks
 */
record OwnHost(
        String name, List<X509Certificate> chain, Optional<ChainVerdict> verdict, String trouble, boolean withoutTls) {

    static OwnHost withCertificate(String name, List<X509Certificate> chain, CheckContext context) {
        return new OwnHost(name, chain, Optional.of(context.outbound().judge().judge(chain)), "", false);
    }

    /** Asks the host itself, by STARTTLS. */
    static OwnHost asked(String name, CheckContext context) {
        context.progress("which certificate does " + name + " show?");
        DnsAnswer<InetAddress> answer = context.outbound().lookup().addresses(name);
        if (!(answer instanceof DnsAnswer.Found<InetAddress> found)) {
            String why = answer instanceof DnsAnswer.Failed<InetAddress> failed ? failed.why() : "it has no address";
            return new OwnHost(name, List.of(), Optional.empty(), why, false);
        }
        InetSocketAddress address = new InetSocketAddress(found.records().get(0), context.port());
        ServerName server = new ServerName(Optional.of(name), address);
        try (SmtpConnection connection =
                SmtpConnection.open(server, context.outbound().connection(), false)) {
            TlsClients clients = context.outbound().tlsClients();
            TlsPeer peer = connection.startTls(clients.of(Requirement.NOTHING, Optional.empty()));
            connection.helloAgain();
            connection.quit();
            return new OwnHost(name, peer.chain(), Optional.of(peer.verdict()), "", false);
        } catch (SmtpException e) {
            Failure failure = e.failure();
            return new OwnHost(name, List.of(), Optional.empty(), failure.explanation(), hasNoTls(failure));
        }
    }

    /** What may be otherwise in a minute does not count. */
    private static boolean hasNoTls(Failure failure) {
        return failure instanceof Failure.TlsFailed failed
                && failed.kind() != TlsFault.INTERRUPTED
                && failed.reply().filter(reply -> !reply.isPermanent()).isEmpty();
    }

    /** True if senders who obey an enforced MTA-STS policy would deliver here (RFC 8461 §4.2). */
    boolean isFitForEnforce() {
        return verdict.filter(ChainVerdict::isValid).isPresent() && carriesItsName(chain, name);
    }

    static boolean carriesItsName(List<X509Certificate> chain, String name) {
        NamePattern expected = NamePattern.parse(name);
        return !chain.isEmpty()
                && CertificateNames.dnsNames(chain.get(0)).stream().anyMatch(expected::isCarriedBy);
    }
}
