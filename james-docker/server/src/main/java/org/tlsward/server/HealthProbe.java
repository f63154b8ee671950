/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the health route, for images without curl: {@code HealthProbe http://127.0.0.1:8000/healthcheck}.
 *
 * <p>Exit code 0: healthy or degraded (mail flows); 1: unhealthy or no answer. The answer goes to the standard output.
 */
public final class HealthProbe {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private HealthProbe() {}

    /** One question, one answer. */
    public static void main(String[] args) throws InterruptedException {
        System.exit(isHealthy(URI.create(args[0])) ? 0 : 1);
    }

    static boolean isHealthy(URI route) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
        HttpRequest request = HttpRequest.newBuilder(route).timeout(TIME_LIMIT).build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            System.out.println(response.body());
            return response.statusCode() == OK;
        } catch (IOException e) {
            System.out.println("no answer from " + route + ": " + e);
            return false;
        }
    }
}
