/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import spark.Request;

/**
 * What a request says beside its path: a JSON object.
 *
 * @param object the object
 */
record JsonBody(JsonNode object) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 1 << 20;

    /**
     * The body of a request; one without a body is an empty object.
     *
     * @throws IllegalArgumentException if it is something else, or too long
     */
    static JsonBody of(Request request) throws IOException {
        byte[] body = request.raw().getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new IllegalArgumentException("the body is too long (expected: at most 1 MiB)");
        }
        String type = Optional.ofNullable(request.contentType()).orElse("");
        // A form of another web site cannot send this type without asking first.
        if (body.length > 0
                && !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new IllegalArgumentException("unsupported type of body (expected: application/json)");
        }
        try {
            JsonNode node = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            if (node.isObject()) {
                return new JsonBody(node);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is no JSON (expected: an object)", e);
        }
        throw new IllegalArgumentException("unsupported body (expected: a JSON object)");
    }

    /** A text that must be there. */
    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing (expected: a text)"));
    }

    /** A text that may be there. */
    Optional<String> optional(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("unsupported " + name + " (expected: a text)");
        }
        return Optional.of(value.asText());
    }
}
