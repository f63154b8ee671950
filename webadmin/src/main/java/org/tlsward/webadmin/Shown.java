/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import spark.Request;

/** Lists as answers: never longer than the visitor wants, and he learns that there is more. */
final class Shown {
    /** What is shown to whoever names no number. */
    private static final int USUAL = 100;

    private static final int MOST = 1000;

    /** Of the names inside one entry, for example recipients of one mail. */
    private static final int MOST_NAMES = 100;

    private Shown() {}

    /** An empty object. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * How many the visitor wants.
     *
     * @throws IllegalArgumentException if that is no number that we allow
     */
    static int limit(Request request) {
        String asked = Optional.ofNullable(request.queryParams("limit")).orElse(Integer.toString(USUAL));
        if (!asked.matches("[1-9][0-9]{0,3}") || Integer.parseInt(asked) > MOST) {
            throw new IllegalArgumentException(
                    "unsupported limit \"" + asked + "\" (expected: a number from 1 to " + MOST + ")");
        }
        return Integer.parseInt(asked);
    }

    /**
     * The first of them.
     *
     * @param name of the list in the answer
     * @param found at least one more than the limit, if there is one more
     */
    static <T> ObjectNode first(int limit, String name, List<T> found, Function<T, JsonNode> each) {
        ObjectNode answer = object();
        ArrayNode list = answer.putArray(name);
        found.stream().limit(limit).map(each).forEach(list::add);
        return answer.put("more", found.size() > limit);
    }

    /** Puts some names and, if they are not all, how many there are. */
    static void putNames(ObjectNode entry, String name, List<String> all) {
        ArrayNode list = entry.putArray(name);
        all.stream().limit(MOST_NAMES).forEach(list::add);
        if (all.size() > MOST_NAMES) {
            entry.put(name + "Total", all.size());
        }
    }
}
