/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Why a mail waits and until when, as its attribute {@code tlsward.waiting}: {@code v1} and a JSON object. Nothing is decided by it but
 * when a queue that knows no delays lets the mail go on.
 *
 * @param due when it is attempted next
 * @param stepEnds when it leaves the wait queue that it is in; the same as {@code due} where the queue itself delays
 * @param tries how many attempts have failed
 * @param turns how often in a row it was put back without an attempt
 * @param required what is required, as {@link org.tlsward.policy.RequirementText}; empty if it is not known yet
 * @param classes the names of the classes that have a say
 * @param last what the last attempt brought, one sentence for people; empty before the first one
 */
public record WaitingNote(
        Instant due, Instant stepEnds, int tries, int turns, String required, List<String> classes, String last) {
    /** The name of the attribute. */
    public static final AttributeName NAME = AttributeName.of("tlsward.waiting");

    private static final String VERSION = "v1 ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies its arguments. */
    public WaitingNote {
        classes = List.copyOf(classes);
    }

    /** A mail that was never attempted. */
    public static WaitingNote first(Instant now) {
        return new WaitingNote(now, now, 0, 0, "", List.of(), "");
    }

    /** The same with other times. */
    public WaitingNote until(Instant newDue, Instant newStepEnds) {
        return new WaitingNote(newDue, newStepEnds, tries, turns, required, classes, last);
    }

    /** The same, put back that often without an attempt. */
    public WaitingNote withTurns(int newTurns) {
        return new WaitingNote(due, stepEnds, tries, newTurns, required, classes, last);
    }

    /** Puts it onto a mail. */
    public void write(Mail mail) {
        ObjectNode node = JSON.createObjectNode()
                .put("due", due.toString())
                .put("stepEnds", stepEnds.toString())
                .put("tries", tries)
                .put("turns", turns)
                .put("required", required)
                .put("last", last);
        classes.forEach(node.putArray("classes")::add);
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(VERSION + node)));
    }

    /** That of a mail; empty if it has none, or none that can be read: then nothing holds it up. */
    public static Optional<WaitingNote> of(Mail mail) {
        Optional<String> value = WardAttributes.stringValue(mail, NAME);
        if (value.isEmpty() || !value.get().startsWith(VERSION)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(value.get().substring(VERSION.length()));
            List<String> names = new ArrayList<>();
            node.path("classes").forEach(name -> names.add(name.asText()));
            return Optional.of(new WaitingNote(
                    Instant.parse(node.path("due").asText()),
                    Instant.parse(node.path("stepEnds").asText()),
                    node.path("tries").asInt(),
                    node.path("turns").asInt(),
                    node.path("required").asText(),
                    names,
                    node.path("last").asText()));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A mail that does not wait any more. */
    public static void clear(Mail mail) {
        mail.removeAttribute(NAME);
    }
}
