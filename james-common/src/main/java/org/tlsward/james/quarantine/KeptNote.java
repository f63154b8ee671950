/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.tlsward.explain.CleanText;

/**
 * What the list of kept mail needs and only the message has, as the attribute {@code tlsward.quarantine} of a kept mail. Why it is kept is
 * told by the attributes that it came with.
 *
 * @param withheldAt since when it is kept
 * @param subject as decoded text, on one line
 * @param messageId as it stands in the header
 * @param size of the message in octets
 */
record KeptNote(Instant withheldAt, Optional<String> subject, Optional<String> messageId, long size) {
    private static final JsonAttribute ATTRIBUTE = JsonAttribute.of("tlsward.quarantine");
    private static final int LONGEST = 200;

    /** The note of a mail that is about to be kept. */
    static KeptNote of(Mail mail, Instant now) {
        return new KeptNote(now, subject(mail), messageId(mail), size(mail));
    }

    /** The note of a mail that was kept; empty if an older version kept it. */
    static Optional<KeptNote> read(Mail mail) {
        return ATTRIBUTE.read(mail).flatMap(KeptNote::parse);
    }

    private static Optional<KeptNote> parse(JsonNode node) {
        try {
            return Optional.of(new KeptNote(
                    Instant.parse(node.path("withheldAt").asText()),
                    JsonAttribute.text(node, "subject"),
                    JsonAttribute.text(node, "messageId"),
                    node.path("size").asLong()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void write(Mail mail) {
        ObjectNode node = JsonAttribute.object().put("withheldAt", withheldAt.toString());
        subject.ifPresent(text -> node.put("subject", text));
        messageId.ifPresent(text -> node.put("messageId", text));
        ATTRIBUTE.write(mail, node.put("size", size));
    }

    static void clear(Mail mail) {
        ATTRIBUTE.clear(mail);
    }

    /** Whatever is wrong with a header of a stranger: its mail is kept all the same. */
    static Optional<String> subject(Mail mail) {
        try {
            return Optional.ofNullable(mail.getMessage().getSubject()).map(text -> CleanText.of(text, LONGEST));
        } catch (MessagingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static Optional<String> messageId(Mail mail) {
        try {
            return Optional.ofNullable(mail.getMessage().getMessageID()).map(text -> CleanText.of(text, LONGEST));
        } catch (MessagingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static long size(Mail mail) {
        try {
            return Math.max(0, mail.getMessageSize());
        } catch (MessagingException | RuntimeException e) {
            return 0;
        }
    }
}
