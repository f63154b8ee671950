/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.mtasts.StsFetch.Failed;
import org.tlsward.mtasts.StsFetch.Fetched;
import org.tlsward.policy.IpNetwork;
import org.tlsward.testing.FakeHostLookup;
import org.tlsward.testing.Identity;
import org.tlsward.testing.TestCa;

/** RFC 8461 §3.3. */
@Timeout(60)
class HttpsPolicyFetcherTest {
    private static final String HOST = "mta-sts.clinic.example";
    private static final String POLICY =
            "version: STSv1\r\nmode: enforce\r\nmx: mx.clinic.example\r\nmax_age: 86400\r\n";
    private static final List<IpNetwork> LOOPBACK = List.of(IpNetwork.parse("127.0.0.0/8"));
    private static TestCa ca;
    private static Identity good;

    private final FakeHostLookup dns = new FakeHostLookup().host(HOST, "127.0.0.1");

    @BeforeAll
    static void certificates() {
        ca = TestCa.today();
        good = ca.good(HOST);
    }

    private StsFetch fetch(Identity identity, HttpHandler handler) {
        return fetch(identity, handler, Duration.ofSeconds(30));
    }

    private StsFetch fetch(Identity identity, HttpHandler handler, Duration limit) {
        try (PolicyHost host = new PolicyHost(identity, handler)) {
            return fetch(host.port(), limit);
        }
    }

    private StsFetch fetch(int port, Duration limit) {
        FetchSettings settings = new FetchSettings(port, limit, LOOPBACK);
        return new HttpsPolicyFetcher(dns, TrustedCas.of(List.of(ca.root())), settings).fetch("clinic.example");
    }

    private static void assertFailed(StsFetch fetch, String word, String why) {
        assertThat(fetch).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure().word()).isEqualTo(word);
            assertThat(failed.why()).contains(why);
        });
    }

    @Test
    void fetchShouldAskForThePolicy() {
        try (PolicyHost host = new PolicyHost(good, PolicyHost.serves(POLICY))) {
            assertThat(fetch(host.port(), Duration.ofSeconds(30))).isEqualTo(StsPolicyText.parse(POLICY));
            assertThat(StsPolicyText.parse(POLICY)).isInstanceOf(Fetched.class);
            assertThat(host.requests()).singleElement().satisfies(request -> assertThat(request)
                    .startsWith("GET /.well-known/mta-sts.txt " + HOST + ":" + host.port() + " ")
                    .contains("type=host_name (0), value=" + HOST));
        }
        assertThat(dns.questions()).containsExactly("A " + HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "TEXT/Plain", "text/plain; charset=utf-8", "text/plain ;x=y"})
    void fetchShouldAcceptTextWithParameters(String type) {
        assertThat(fetch(good, PolicyHost.answers(200, type, POLICY))).isInstanceOf(Fetched.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plainer", "application/octet-stream", "text", ""})
    void fetchShouldRefuseOtherMediaTypes(String type) {
        assertFailed(
                fetch(good, PolicyHost.answers(200, type, POLICY)),
                "sts-policy-fetch-error",
                "of media type \"" + type + "\" (expected: text/plain)");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 206, 301, 302, 307, 308, 400, 404, 429, 500, 503})
    void fetchShouldAcceptNoOtherStatus(int status) {
        assertFailed(
                fetch(good, PolicyHost.answers(status, "text/plain", POLICY)),
                "sts-policy-fetch-error",
                "status " + status);
    }

    @Test
    void fetchShouldFollowNoRedirect() {
        HttpHandler redirects = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/there")) {
                PolicyHost.serves(POLICY).handle(exchange);
            } else {
                exchange.getResponseHeaders().add("Location", "/there");
                PolicyHost.answers(302, "text/plain", "").handle(exchange);
            }
        };
        try (PolicyHost host = new PolicyHost(good, redirects)) {
            assertFailed(fetch(host.port(), Duration.ofSeconds(30)), "sts-policy-fetch-error", "status 302");
            assertThat(host.requests()).hasSize(1);
        }
    }

    @Test
    void fetchShouldReadChunks() {
        HttpHandler chunks = exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            for (byte octet : POLICY.getBytes(StandardCharsets.US_ASCII)) {
                exchange.getResponseBody().write(octet);
            }
            exchange.close();
        };

        assertThat(fetch(good, chunks)).isEqualTo(StsPolicyText.parse(POLICY));
    }

    @Test
    void fetchShouldReadAtMostTheLimit() {
        String largest = POLICY + "x".repeat(64 * 1024 - POLICY.length());

        assertThat(fetch(good, PolicyHost.serves(largest))).isInstanceOf(Fetched.class);
        assertFailed(fetch(good, PolicyHost.serves(largest + "x")), "sts-policy-fetch-error", "too long");
    }

    @Test
    void fetchShouldTellWhatIsNoPolicy() {
        assertFailed(fetch(good, PolicyHost.serves("<html>")), "sts-policy-invalid", "no \"version\"");
    }

    @Test
    void fetchShouldAcceptAWildcardCertificate() {
        assertThat(fetch(ca.good("*.clinic.example"), PolicyHost.serves(POLICY)))
                .isInstanceOf(Fetched.class);
    }

    @ParameterizedTest
    @CsvSource({"other.example", "clinic.example", "*.mta-sts.clinic.example", "m*.clinic.example", "*.example"})
    void fetchShouldRefuseOtherNames(String name) {
        assertFailed(
                fetch(ca.good(name), PolicyHost.serves(POLICY)), "sts-webpki-invalid", "names another host: " + name);
    }

    @Test
    void fetchShouldRefuseACommonName() {
        assertFailed(fetch(ca.commonNameOnly(HOST), PolicyHost.serves(POLICY)), "sts-webpki-invalid", "no DNS name");
    }

    @Test
    void fetchShouldRefuseCertificatesThatAreNotValid() {
        for (Identity bad : List.of(
                ca.expired(HOST),
                ca.notYetValid(HOST),
                ca.selfSigned(HOST),
                ca.clientOnly(HOST),
                TestCa.today().good(HOST))) {
            try (PolicyHost host = new PolicyHost(bad, PolicyHost.serves(POLICY))) {
                assertFailed(
                        fetch(host.port(), Duration.ofSeconds(30)), "sts-webpki-invalid", HOST + " is not valid: ");
                assertThat(host.requests()).isEmpty();
            }
        }
    }

    @Test
    void fetchShouldTrustNobodyWithoutCas() {
        try (PolicyHost host = new PolicyHost(good, PolicyHost.serves(POLICY))) {
            FetchSettings settings = new FetchSettings(host.port(), Duration.ofSeconds(30), LOOPBACK);
            assertThat(new HttpsPolicyFetcher(dns, TrustedCas.of(List.of()), settings).fetch("clinic.example"))
                    .isInstanceOf(Failed.class);
            assertThat(new HttpsPolicyFetcher(dns, TrustedCas.ofJvm(), settings).fetch("clinic.example"))
                    .isInstanceOf(Failed.class);
        }
    }

    /** A read time-out would never end this. */
    @Test
    void fetchShouldGiveUpOnAHostThatDrips() {
        assertFailed(fetch(good, PolicyHost.drips(), Duration.ofSeconds(2)), "sts-policy-fetch-error", "within 2 s");
    }

    @Test
    void fetchShouldGiveUpOnAHostThatIsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertFailed(fetch(silent.getLocalPort(), Duration.ofSeconds(1)), "sts-policy-fetch-error", "within 1 s");
        }
    }

    @Test
    void fetchShouldTryTheNextAddress() throws IOException {
        try (PolicyHost host = new PolicyHost(good, PolicyHost.serves(POLICY))) {
            dns.host(HOST, "127.0.0.2", "127.0.0.1"); // nobody listens at the first
            assertThat(fetch(host.port(), Duration.ofSeconds(30))).isInstanceOf(Fetched.class);
            dns.host(HOST, "127.0.0.2");
            assertFailed(fetch(host.port(), Duration.ofSeconds(30)), "sts-policy-fetch-error", HOST + "[127.0.0.2]: ");
        }
    }

    @Test
    void fetchShouldTellWhatDnsSays() {
        dns.hostFails(HOST);
        assertFailed(fetch(1, Duration.ofSeconds(30)), "sts-policy-fetch-error", "cannot be looked up: SERVFAIL");
        assertFailed(
                new HttpsPolicyFetcher(new FakeHostLookup(), TrustedCas.ofJvm(), FetchSettings.standard(List.of()))
                        .fetch("clinic.example"),
                "sts-policy-fetch-error",
                "has no address");
    }

    /** A name that TLS cannot carry is a failure like any other. */
    @Test
    void fetchShouldNotThrow() throws IOException {
        dns.host("mta-sts.a_b.example", "127.0.0.1");
        try (ServerSocket any = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            FetchSettings settings = new FetchSettings(any.getLocalPort(), Duration.ofSeconds(5), LOOPBACK);
            assertFailed(
                    new HttpsPolicyFetcher(dns, TrustedCas.ofJvm(), settings).fetch("a_b.example"),
                    "sts-policy-fetch-error",
                    "cannot be fetched");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                        "224.0.0.1",
                "255.255.255.255", "::1", "::", "fe80::1", "fec0::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1"
            })
    void fetchShouldGoToNoAddressThatIsNotPublic(String address) {
        dns.host(HOST, address);
        assertFailed(
                new HttpsPolicyFetcher(dns, TrustedCas.ofJvm(), new FetchSettings(1, Duration.ofSeconds(5), List.of()))
                        .fetch("clinic.example"),
                "sts-policy-fetch-error",
                "is not public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "172.32.0.1", "8.8.8.8", "2001:db8::1", "11.0.0.1", "223.255.255.255"})
    void publicAddressesShouldBePermitted(String address) throws IOException {
        assertThat(new PolicyAddresses(List.of()).permit(InetAddress.getByName(address)))
                .isTrue();
    }
}
