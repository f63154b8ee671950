/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Reason;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

/** The {@linkplain RecipientNote notes} of a mail, as its attribute {@code tlsward.notes}: {@code v1} and a JSON array. */
public final class RecipientNotes {
    /** The name of the attribute. */
    public static final AttributeName NAME = AttributeName.of("tlsward.notes");

    private static final String VERSION = "v1 ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecipientNotes() {}

    /** Writes the notes onto a mail, in the place of older ones. */
    public static void set(Mail mail, List<RecipientNote> notes) {
        ArrayNode array = JSON.createArrayNode();
        notes.forEach(note -> array.add(toJson(note)));
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(VERSION + array)));
    }

    /** The notes of a mail; empty if it has none, or none that can be read. */
    public static List<RecipientNote> get(Mail mail) {
        Optional<String> value = WardAttributes.stringValue(mail, NAME);
        if (value.isEmpty() || !value.get().startsWith(VERSION)) {
            return List.of();
        }
        try {
            List<RecipientNote> notes = new ArrayList<>();
            JSON.readTree(value.get().substring(VERSION.length())).forEach(node -> notes.add(fromJson(node)));
            return List.copyOf(notes);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return List.of();
        }
    }

    private static ObjectNode toJson(RecipientNote note) {
        ObjectNode node = JSON.createObjectNode();
        node.put("recipient", note.recipient());
        note.originalRecipient().ifPresent(text -> node.put("originalRecipient", text));
        node.put("fate", note.fate().name());
        note.reason().ifPresent(reason -> node.put("reason", reason.name()));
        node.put("status", note.status());
        node.put("required", RequirementText.format(note.required()));
        ArrayNode rules = node.putArray("rules");
        note.rules().forEach(rule -> rules.add(toJson(rule)));
        note.host().ifPresent(text -> node.put("host", text));
        node.put("seen", note.seen());
        note.reply().ifPresent(text -> node.put("reply", text));
        ObjectNode classes = node.putObject("classes");
        note.classes().forEach(rule -> {
            ObjectNode alternatives = classes.putObject(rule.name());
            rule.alternatives().forEach(alternatives::put);
        });
        note.retryUntil().ifPresent(instant -> node.put("retryUntil", instant.toString()));
        node.put("protection", RequirementText.format(note.protection()));
        return node;
    }

    private static RecipientNote fromJson(JsonNode node) {
        String required = node.path("required").asText();
        return new RecipientNote(
                node.path("recipient").asText(),
                text(node, "originalRecipient"),
                Fate.valueOf(node.path("fate").asText()),
                text(node, "reason").map(Reason::valueOf),
                node.path("status").asText(),
                RequirementText.parse(required),
                rules(node.path("rules")),
                text(node, "host"),
                node.path("seen").asText(),
                text(node, "reply"),
                classes(node.path("classes")),
                text(node, "retryUntil").map(Instant::parse),
                // An older version knew of none beside what was required.
                RequirementText.parse(text(node, "protection").orElse(required)));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }

    private static ObjectNode toJson(Contribution rule) {
        ObjectNode node = JSON.createObjectNode();
        node.put("source", rule.source().name());
        node.put("name", rule.name());
        rule.level().ifPresent(level -> node.put("level", level.name()));
        node.put("required", RequirementText.format(rule.required()));
        return node;
    }

    private static List<Contribution> rules(JsonNode array) {
        List<Contribution> rules = new ArrayList<>();
        array.forEach(node -> rules.add(new Contribution(
                Contribution.Source.valueOf(node.path("source").asText()),
                node.path("name").asText(),
                text(node, "level").map(TlsLevel::valueOf),
                RequirementText.parse(node.path("required").asText()),
                Optional.empty())));
        return rules;
    }

    private static List<ClassRule> classes(JsonNode object) {
        List<ClassRule> classes = new ArrayList<>();
        object.fields()
                .forEachRemaining(field -> classes.add(new ClassRule(
                        field.getKey(), InboundRule.NOTHING, OutboundRule.NOTHING, textsByName(field.getValue()))));
        return classes;
    }

    private static Map<String, String> textsByName(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields()
                .forEachRemaining(
                        field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
