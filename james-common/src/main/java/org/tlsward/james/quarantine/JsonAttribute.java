/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** A mail attribute of the form {@code v1 {...}}: a string, which every repository of James keeps. */
record JsonAttribute(AttributeName name) {
    private static final String VERSION = "v1 ";
    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonAttribute of(String name) {
        return new JsonAttribute(AttributeName.of(name));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    void write(Mail mail, JsonNode value) {
        mail.setAttribute(new Attribute(name, AttributeValue.of(VERSION + value)));
    }

    /** The value; empty if there is none, or none that can be read. */
    Optional<JsonNode> read(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, name, String.class)
                .filter(text -> text.startsWith(VERSION))
                .flatMap(text -> parse(text.substring(VERSION.length())));
    }

    /** True if the mail has it, readable or not. */
    boolean isThere(Mail mail) {
        return mail.getAttribute(name).isPresent();
    }

    void clear(Mail mail) {
        mail.removeAttribute(name);
    }

    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
