/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.quarantine.NotAllowedException;
import org.tlsward.webadmin.RequestGuard.Headers;
import org.tlsward.webadmin.RequestGuard.Pass;
import org.tlsward.webadmin.RequestGuard.Refused;
import org.tlsward.webadmin.RequestGuard.Verdict;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/**
 * The only way to register a route of ours. Each asks the guard itself: a filter that matches paths may match others than a route does.
 * A filter stands before them all the same, so that a stranger cannot even learn which routes there are.
 */
final class GuardedRoutes {
    private static final Logger LOGGER = LoggerFactory.getLogger(GuardedRoutes.class);

    /** What strangers wrote may end in a terminal: it must not be able to steer that or to turn text around. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Service service;
    private final RequestGuard guard;
    private final String base;

    GuardedRoutes(Service service, RequestGuard guard, String base) {
        this.service = service;
        this.guard = guard;
        this.base = base;
        service.before(base, this::filter);
        service.before(base + "/*", this::filter);
    }

    /** Answers a request. */
    interface Handler {
        /**
         * The answer, which becomes JSON.
         *
         * @throws IllegalArgumentException if the request makes no sense; the message is the answer, as of the others
         * @throws NotAllowedException if this visitor may not
         * @throws NoSuchElementException if what it asks for is not there
         * @throws IOException if it cannot be answered now
         */
        Object answer(Visitor visitor, Request request) throws IOException;
    }

    GuardedRoutes get(String path, Handler handler) {
        service.get(base + path, guarded(handler));
        return this;
    }

    GuardedRoutes post(String path, Handler handler) {
        service.post(base + path, guarded(handler));
        return this;
    }

    private Route guarded(Handler handler) {
        return (request, response) -> {
            Visitor visitor = enter(request, response);
            try {
                return json(handler.answer(visitor, request));
            } catch (IllegalArgumentException e) {
                return failed(response, 400, e);
            } catch (NotAllowedException e) {
                return failed(response, 403, e);
            } catch (NoSuchElementException e) {
                return failed(response, 404, e);
            } catch (IOException e) {
                LOGGER.warn("{} {} is answered with 503", request.requestMethod(), request.pathInfo(), e);
                return failed(response, 503, e);
            }
        };
    }

    private static String failed(Response response, int status, Exception why) {
        response.status(status);
        return json(error(status, String.valueOf(why.getMessage())));
    }

    private void filter(Request request, Response response) {
        enter(request, response);
    }

    private Visitor enter(Request request, Response response) {
        response.type("application/json");
        // What James has written for every site; set, because Spark's own method would only add to it.
        response.raw().setHeader("Access-Control-Allow-Origin", null);
        response.raw().setHeader("Access-Control-Allow-Headers", null);
        response.raw().setHeader("Access-Control-Request-Method", null);
        response.raw().setHeader("Cache-Control", "no-store");
        response.raw().setHeader("X-Content-Type-Options", "nosniff");
        response.raw().setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        Verdict verdict = guard.judge(new Headers(
                header(request, "Host"),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, "X-TlsWard-Token")));
        if (verdict instanceof Refused refused) {
            throw service.halt(refused.status(), json(error(refused.status(), refused.why())));
        }
        return ((Pass) verdict).visitor();
    }

    private static Optional<String> header(Request request, String name) {
        return Optional.ofNullable(request.headers(name));
    }

    private static Map<String, Object> error(int status, String message) {
        return Map.of("statusCode", status, "message", message);
    }

    private static String json(Object answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of ours is no JSON", e);
        }
    }
}
