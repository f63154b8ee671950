/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.tlsward.deadline.Deadline;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.HostLookup;
import org.tlsward.mtasts.StsFetch.Failed;
import org.tlsward.policy.NamePattern;

/**
 * Gets {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt} (RFC 8461 §3.3): one GET over one TLS connection of our own. No proxy, no
 * cookies, no redirects, no HTTP cache, no TLS session of an earlier time, no client certificate. Names come from the same
 * {@link HostLookup} as all others of a delivery. See {@code docs/adr/0003-policy-fetch-without-httpclient.md}.
 */
public final class HttpsPolicyFetcher implements PolicyFetcher {
    private static final String PATH = "/.well-known/mta-sts.txt";
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2"); // RFC 8461 §7.2: TLS 1.2 or later
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_ADDRESSES = 4;
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6

    private final HostLookup dns;
    private final TrustedCas trust;
    private final FetchSettings settings;
    private final PolicyAddresses addresses;

    /** A certificate that does not prove who the policy host is. */
    private static final class UntrustedHostException extends IOException {
        private static final long serialVersionUID = 1L;

        UntrustedHostException(String message) {
            super(message);
        }
    }

    /** Looks names up with {@code dns} and trusts {@code trust} alone. */
    public HttpsPolicyFetcher(HostLookup dns, TrustedCas trust, FetchSettings settings) {
        this.dns = dns;
        this.trust = trust;
        this.settings = settings;
        this.addresses = new PolicyAddresses(settings.internal());
    }

    @Override
    public StsFetch fetch(String domain) {
        long end = System.nanoTime() + settings.limit().toNanos();
        String host = "mta-sts." + domain;
        try {
            return StsPolicyText.parse(get(host, end));
        } catch (UntrustedHostException e) {
            return new Failed(StsFailure.WEBPKI, e.getMessage());
        } catch (IOException e) {
            return new Failed(StsFailure.FETCH, e.getMessage());
        } catch (GeneralSecurityException | RuntimeException e) {
            // For example a name that TLS cannot carry, or no CA at all; a delivery waits for an answer in any case.
            return new Failed(StsFailure.FETCH, "the policy of " + host + " cannot be fetched: " + e);
        }
    }

    private byte[] get(String host, long end) throws IOException, GeneralSecurityException {
        IOException last = new IOException(host + " has no address");
        for (InetAddress address : addresses(host)) {
            try (Socket raw = new Socket(Proxy.NO_PROXY);
                    Deadline deadline = Deadline.start(Duration.ofNanos(end - System.nanoTime()), raw)) {
                try {
                    connect(raw, address, end);
                } catch (IOException e) {
                    last = failed(host, address, deadline, e);
                    continue;
                }
                try {
                    return get(host, raw);
                } catch (IOException e) {
                    throw failed(host, address, deadline, e);
                }
            }
        }
        throw last;
    }

    private List<InetAddress> addresses(String host) throws IOException {
        DnsAnswer<InetAddress> answer = dns.addresses(host);
        if (answer instanceof DnsAnswer.Failed<InetAddress> failed) {
            throw new IOException("the address of " + host + " cannot be looked up: " + failed.why());
        }
        List<InetAddress> all =
                answer instanceof DnsAnswer.Found<InetAddress> found ? found.records() : List.<InetAddress>of();
        List<InetAddress> permitted =
                all.stream().filter(addresses::permit).limit(MOST_ADDRESSES).toList();
        if (permitted.isEmpty() && !all.isEmpty()) {
            throw new IOException(host + " has the address " + all.get(0).getHostAddress()
                    + ", which is not public (if it is yours, name its network in <networks internal=\"...\"/>)");
        }
        return permitted;
    }

    private void connect(Socket raw, InetAddress address, long end) throws IOException {
        long millis = Math.min(
                CONNECT_LIMIT.toMillis(),
                Duration.ofNanos(end - System.nanoTime()).toMillis());
        raw.connect(new InetSocketAddress(address, settings.port()), (int) Math.max(1, millis));
    }

    private byte[] get(String host, Socket raw) throws IOException, GeneralSecurityException {
        try (SSLSocket tls = layer(host, raw)) {
            tls.startHandshake();
            requireName(host, (X509Certificate) tls.getSession().getPeerCertificates()[0]);
            tls.getOutputStream().write(request(host).getBytes(StandardCharsets.US_ASCII));
            return PolicyResponse.read(new BufferedInputStream(tls.getInputStream()));
        }
    }

    private SSLSocket layer(String host, Socket raw) throws IOException, GeneralSecurityException {
        SSLSocket tls = (SSLSocket) trust.context().getSocketFactory().createSocket(raw, host, settings.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        // What the administrator of the JVM has switched off stays off.
        parameters.setProtocols(VERSIONS.stream()
                .filter(Arrays.asList(parameters.getProtocols())::contains)
                .toArray(String[]::new));
        parameters.setServerNames(List.of(new SNIHostName(host))); // RFC 8461 §7.1: SNI
        tls.setSSLParameters(parameters);
        return tls;
    }

    /** RFC 8461 §3.3: a DNS-ID of subjectAltName. JSSE's own check would also take a common name, and wildcards within labels. */
    private static void requireName(String host, X509Certificate certificate)
            throws UntrustedHostException, CertificateException {
        Collection<List<?>> alternatives =
                Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
        List<String> names = alternatives.stream()
                .filter(name -> name.get(0).equals(DNS_NAME))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        NamePattern expected = NamePattern.parse(host);
        if (names.stream().noneMatch(expected::isCarriedBy)) {
            String shown =
                    names.isEmpty() ? "no DNS name" : String.join(", ", names.subList(0, Math.min(3, names.size())));
            throw new UntrustedHostException("the certificate of " + host + " names another host: " + printable(shown)
                    + " (expected: " + host + ")");
        }
    }

    private String request(String host) {
        String port = settings.port() == FetchSettings.HTTPS ? "" : ":" + settings.port();
        return "GET " + PATH + " HTTP/1.1\r\nHost: " + host + port
                + "\r\nUser-Agent: TLSWard\r\nAccept: text/plain\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n";
    }

    private IOException failed(String host, InetAddress address, Deadline deadline, IOException e) {
        if (deadline.expired()) {
            return new IOException("no policy from " + host + "[" + address.getHostAddress() + "] within "
                    + settings.limit().toSeconds() + " s");
        }
        if (e instanceof UntrustedHostException) {
            return e;
        }
        Throwable cause = rootCause(e);
        if (e instanceof SSLException && causes(e).anyMatch(HttpsPolicyFetcher::isAboutCertificates)) {
            return new UntrustedHostException(
                    "the certificate of " + host + " is not valid: " + printable(String.valueOf(cause.getMessage())));
        }
        return new IOException("no policy from " + host + "[" + address.getHostAddress() + "]: "
                + printable(Optional.ofNullable(cause.getMessage()).orElse(cause.toString())));
    }

    private static boolean isAboutCertificates(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(20);
    }

    private static Throwable rootCause(Throwable e) {
        return causes(e).reduce(e, (outer, inner) -> inner);
    }

    /** What a stranger wrote goes into logs. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
