/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import spark.Request;

/** The JSON object that a visitor has sent. */
final class RequestBody {
    private static final int MOST_OCTETS = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode object;

    private RequestBody(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none, or too large
     */
    static RequestBody of(Request request) throws IOException {
        String type = Optional.ofNullable(request.contentType()).orElse("");
        // A form of another web site cannot send this type without asking first.
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new IllegalArgumentException("unsupported type of body (expected: application/json)");
        }
        byte[] octets = request.raw().getInputStream().readNBytes(MOST_OCTETS + 1);
        if (octets.length > MOST_OCTETS) {
            throw new IllegalArgumentException("the body is larger than " + MOST_OCTETS + " octets");
        }
        try {
            JsonNode found = JSON.readTree(octets);
            if (found == null || !found.isObject()) {
                throw new IllegalArgumentException("unsupported body (expected: a JSON object)");
            }
            return new RequestBody(found);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("unsupported body (expected: a JSON object)", e);
        }
    }

    /**
     * A text of it, if it is there.
     *
     * @throws IllegalArgumentException if it is something else
     */
    Optional<String> text(String name) {
        JsonNode found = object.path(name);
        if (!found.isMissingNode() && !found.isNull() && !found.isTextual()) {
            throw new IllegalArgumentException("unsupported " + name + " (expected: a text)");
        }
        return found.isTextual() ? Optional.of(found.asText()) : Optional.empty();
    }
}
