/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.james.webadmin.Routes;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * What the routes would answer, as fake-api.json has it, with much of everything. Anna and Bert have tokens. What is asked for and is not
 * there gets the answer of James.
 */
final class FakeApi implements Routes {
    static final Map<String, String> TOKENS = Map.of("anna.secret", "anna", "bert.secret", "bert");

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
    /** What was ordered: path and body. */
    final List<String> orders = new CopyOnWriteArrayList<>();

    FakeApi() {
        reset();
    }

    /** As it was at the start. */
    void reset() {
        answers.clear();
        orders.clear();
        try (InputStream in = FakeApi.class.getResourceAsStream("fake-api.json")) {
            JSON.readTree(in).fields().forEachRemaining(each -> answers.put(each.getKey(), each.getValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every answer, by method and path. */
    Map<String, JsonNode> all() {
        return new TreeMap<>(answers);
    }

    @Override
    public String getBasePath() {
        return TlsWardRoutes.BASE;
    }

    @Override
    public void define(Service service) {
        service.get(TlsWardRoutes.BASE + "/*", this::answer);
        service.post(TlsWardRoutes.BASE + "/*", this::answer);
    }

    private Object answer(Request request, Response response) {
        String name = TOKENS.get(String.valueOf(request.headers("X-TlsWard-Token")));
        if (name == null) {
            response.status(401);
            return "{\"statusCode\":401,\"message\":\"no valid token in X-TlsWard-Token\"}";
        }
        if (request.requestMethod().equals("POST")) {
            orders.add(name + " " + path(request) + " " + request.body());
        }
        JsonNode answer = answers.get(request.requestMethod() + " " + path(request));
        if (path(request).equals("/visitor")) {
            return "{\"name\":\"" + name + "\"}";
        }
        if (answer == null) {
            response.status(404);
            return "{\"statusCode\":404,\"type\":\"notFound\",\"message\":\"can not be found\",\"details\":null}";
        }
        response.status(answer.path("statusCode").asInt(200));
        return answer.toString();
    }

    private static String path(Request request) {
        return request.pathInfo().substring(TlsWardRoutes.BASE.length());
    }
}
