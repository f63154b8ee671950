/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Sends reports by POST (RFC 8460 §5.4).
 *
 * <p>RFC 8460 §3 allows to ignore errors of the receiver's certificate. We do not: a report tells with whom a hospital exchanges mail, and
 * how often; and the URI is a stranger's, who might name a server of our own network, which has no certificate for a name of his. For the
 * same reasons there are no redirects, and no addresses that are not public. Who cannot have a certificate can have a mail.
 */
public final class HttpsPost {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client;
    private final Predicate<InetAddress> allowed;

    /** Posts to public addresses, trusting the CAs of the JVM. */
    public static HttpsPost toPublicAddresses() {
        return new HttpsPost(Optional.empty(), HttpsPost::isPublic);
    }

    HttpsPost(Optional<SSLContext> tls, Predicate<InetAddress> allowed) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.allowed = allowed;
    }

    /** Sends a report and waits for the answer. */
    public Delivery send(ReportUri.Https to, TlsReport report) {
        URI uri = to.uri();
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (!allowed.test(address)) {
                    return new Delivery.Impossible(
                            uri.getHost() + " is at " + address.getHostAddress() + " (expected: a public address)");
                }
            }
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(ANSWER)
                    .header("Content-Type", "application/tlsrpt+gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Gzip.compress(ReportJson.write(report))))
                    .build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close(); // unread: it may have no end
            // RFC 8460 §5.4 and §5.5: whatever is no 2xx may be tried again
            return answer.statusCode() / 100 == 2
                    ? new Delivery.Done()
                    : new Delivery.Failed("answered " + answer.statusCode());
        } catch (UnknownHostException e) {
            return new Delivery.Failed("no address of " + uri.getHost());
        } catch (IOException | RuntimeException e) {
            return new Delivery.Failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivery.Failed("interrupted");
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        boolean reserved = address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        int first = octets[0] & 0xFF;
        int second = octets[1] & 0xFF;
        boolean special = octets.length == 4
                ? first == 0 || first >= 240 || (first == 100 && second / 64 == 1) // RFC 1122, RFC 1112, RFC 6598
                : first / 2 == 0xFC / 2 // RFC 4193
                        || Arrays.equals(octets, 0, 12, NAT64, 0, 12); // RFC 6052: hides an IPv4 address
        return !reserved && !special;
    }

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};
}
