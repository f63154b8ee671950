/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The routes of a running server, {@code /tlsward/api}. Follows no redirect: the token is for this server alone. */
final class ServerConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String token;
    private final Optional<String> password;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param password of WebAdmin itself, if it asks for one */
    ServerConnection(URI server, String token, Optional<String> password) {
        this.server = server;
        this.token = token;
        this.password = password;
    }

    /** A part of a path or a value of a query, whatever is in it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Asks for something.
     *
     * @param path below {@code /tlsward/api}, for example {@code /quarantine?limit=10}
     * @throws ServerRefusal if the server answers no
     * @throws IOException if it does not answer
     */
    JsonNode get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** Does something, with a JSON object that says how. */
    JsonNode post(String path, JsonNode body) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8)));
    }

    /** RFC 7519 §3: three parts, the first two of them with something in them. */
    private static boolean isJwt(String secret) {
        return secret.matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/tlsward/api" + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("X-TlsWard-Token", token);
        password.ifPresent(secret -> request.header(
                isJwt(secret) ? "Authorization" : "Password", (isJwt(secret) ? "Bearer " : "") + secret));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw new ServerRefusal(answer.statusCode(), message(answer));
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IOException(server + " does not answer as TLS Ward does (expected: JSON)", e);
        } catch (ServerRefusal e) {
            throw e;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(server + " does not answer: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static String message(HttpResponse<String> answer) {
        try {
            String message = JSON.readTree(answer.body()).path("message").asText();
            return message.isEmpty() ? "the server says " + answer.statusCode() : message;
        } catch (JsonProcessingException e) {
            return answer.statusCode() == 401
                    // our own routes answer in JSON: this is the gate of James in front of them
                    ? "WebAdmin asks for its own password (expected: --webadmin-password-file FILE or"
                            + " TLSWARD_WEBADMIN_PASSWORD)"
                    : "the server says " + answer.statusCode();
        }
    }
}
