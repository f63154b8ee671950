/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.tlsward.testing.Identity;

/** The policy hosts of all rows: two HTTPS servers with one port, one of which nobody has to trust. */
final class PolicyHosts implements AutoCloseable {
    static final String TRUSTED = "127.0.2.1";
    static final String UNTRUSTED = "127.0.2.2";

    private final Map<String, Scenario> rows = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<HttpsServer> servers;
    private volatile boolean first = true;

    PolicyHosts(List<Scenario> all, Identity trusted, Identity untrusted) {
        all.forEach(row -> rows.put("mta-sts." + row.policyDomain(), row));
        HttpsServer one = start(TRUSTED, 0, trusted);
        servers = List.of(one, start(UNTRUSTED, one.getAddress().getPort(), untrusted));
    }

    private HttpsServer start(String address, int port, Identity identity) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity.keyStore(), Identity.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 20);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return servers.get(0).getAddress().getPort();
    }

    /** From now on what rows have now. */
    void now() {
        first = false;
    }

    /** The network to the policy hosts is cut. */
    void cut() {
        servers.forEach(server -> server.stop(0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":\\d+$", "");
        Scenario row = rows.get(host);
        boolean earlier = first && row != null && !row.earlierPolicy().isEmpty();
        String policy = row == null ? "404" : earlier ? row.earlierPolicy() : row.policyNow();
        switch (policy.replaceFirst("^(new id|expired), ", "")) {
            case "404" -> send(exchange, 404, "text/plain", "not here");
            case "redirect" -> {
                exchange.getResponseHeaders().add("Location", "https://" + host + ":" + port() + "/elsewhere");
                send(
                        exchange,
                        exchange.getRequestURI().getPath().equals("/elsewhere") ? 200 : 302,
                        "text/plain",
                        file("enforce", row));
            }
            case "html" -> send(exchange, 200, "text/html", file("enforce", row));
            default -> send(exchange, 200, "text/plain; charset=utf-8", file(policy, row));
        }
    }

    private static String file(String policy, Scenario row) {
        String mode = policy.replaceFirst("^(new id|expired), ", "").split(" ", -1)[0];
        String maxAge = row.policyNow().startsWith("expired") ? "3600" : "31557600";
        String mx = policy.endsWith(" other") ? "mx.elsewhere.example" : row.mxHost();
        return "version: STSv1\r\nmode: " + (mode.equals("bad-certificate") ? "enforce" : mode) + "\r\nmx: " + mx
                + "\r\nmax_age: " + maxAge + "\r\n";
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        cut();
        threads.shutdownNow();
    }
}
