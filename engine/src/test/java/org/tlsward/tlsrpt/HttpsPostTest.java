/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;

class HttpsPostTest {
    private static final TlsReport REPORT = TlsReport.aboutDay(
            LocalDate.parse("2026-11-22"),
            new Reporter("Klinik", "tls@klinik.example"),
            "id@klinik.example",
            List.of(new PolicySummary(Sessions.sts("partner.example"), 1, 0, List.of())));

    private final TestCa ca = TestCa.today();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        start("localhost");
    }

    private void start(String name) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext(ca.good(name))));
        server.createContext("/ok", exchange -> answer(exchange, 201));
        server.createContext("/busy", exchange -> answer(exchange, 503));
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().set("Location", uri("/ok").toString());
            answer(exchange, 307);
        });
        server.createContext("/endless", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[8192];
            try {
                while (true) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException e) {
                requests.add("the client hung up");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void reportShouldArrive() throws Exception {
        assertThat(post().send(new ReportUri.Https(uri("/ok")), REPORT)).isEqualTo(new Delivery.Done());

        assertThat(requests).containsExactly("POST application/tlsrpt+gzip");
        assertThat(Gzip.isCompressed(bodies.get(0))).isTrue();
        assertThat(ReceivedReport.parse(bodies.get(0))).isEqualTo(new ReceivedReport.Parsed(REPORT));
    }

    @Test
    void errorShouldBeTriedAgainAndRedirectsNotFollowed() throws Exception {
        assertThat(post().send(new ReportUri.Https(uri("/busy")), REPORT))
                .isEqualTo(new Delivery.Failed("answered 503"));
        assertThat(post().send(new ReportUri.Https(uri("/elsewhere")), REPORT))
                .isEqualTo(new Delivery.Failed("answered 307"));
        assertThat(requests).hasSize(2);
    }

    @Test
    void endlessAnswerShouldNotBeRead() throws Exception {
        assertThat(post().send(new ReportUri.Https(uri("/endless")), REPORT)).isEqualTo(new Delivery.Done());
    }

    @Test
    void certificateShouldCount() throws Exception {
        HttpsPost strangers =
                new HttpsPost(Optional.of(clientContext(new TestCa(java.time.Instant.now()))), address -> true);

        assertThat(strangers.send(new ReportUri.Https(uri("/ok")), REPORT)).isInstanceOf(Delivery.Failed.class);
        assertThat(bodies).isEmpty();
    }

    @Test
    void nameOfTheCertificateShouldCount() throws Exception {
        server.stop(0);
        start("other.example");

        assertThat(post().send(new ReportUri.Https(uri("/ok")), REPORT)).isInstanceOf(Delivery.Failed.class);
        assertThat(bodies).isEmpty();
    }

    @Test
    void serverOfOurOwnNetworkShouldNotBeReached() {
        assertThat(HttpsPost.toPublicAddresses().send(new ReportUri.Https(uri("/ok")), REPORT))
                .isInstanceOf(Delivery.Impossible.class);
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "0.1.2.3",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "fc00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
            })
    void addressShouldNotBePublic(String literal) throws Exception {
        assertThat(HttpsPost.isPublic(InetAddress.getByName(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2a00::1", "2001:db8::1"})
    void addressShouldBePublic(String literal) throws Exception {
        assertThat(HttpsPost.isPublic(InetAddress.getByName(literal))).isTrue();
    }

    private HttpsPost post() throws Exception {
        return new HttpsPost(Optional.of(clientContext(ca)), address -> true);
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    private void answer(HttpExchange exchange, int code) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type"));
        bodies.add(exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(code, -1);
        exchange.close();
    }

    private static SSLContext serverContext(Identity identity) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore(), Identity.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext clientContext(TestCa ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", ca.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
