/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.mailet.Mail;
import org.tlsward.policy.TlsLevel;

/**
 * Somebody wants a kept mail to travel under a lower requirement, and waits for another one who agrees. It lies on the shelf with the mail,
 * so that every server of a cluster knows it.
 *
 * @param by who wants it
 * @param at since when
 * @param why in the words of whoever wants it
 * @param level under which it would travel
 */
public record PendingOverride(String by, Instant at, String why, TlsLevel level) {
    /** After that time nobody remembers what it was about. */
    static final Duration LIFE = Duration.ofHours(24);

    private static final JsonAttribute ATTRIBUTE = JsonAttribute.of("tlsward.quarantine.pending");

    /** What is pending for a mail; empty if nothing is, or not any more. */
    static Optional<PendingOverride> read(Mail mail, Instant now) {
        return ATTRIBUTE.read(mail).flatMap(PendingOverride::parse).filter(pending -> pending.isAlive(now));
    }

    private boolean isAlive(Instant now) {
        return now.isBefore(at.plus(LIFE));
    }

    private static Optional<PendingOverride> parse(JsonNode node) {
        try {
            Instant at = Instant.parse(node.path("at").asText());
            return TlsLevel.of(node.path("level").asText())
                    .filter(ReleaseMark.LEVELS::contains)
                    .map(level -> new PendingOverride(
                            node.path("by").asText(), at, node.path("why").asText(), level));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void write(Mail mail) {
        ATTRIBUTE.write(
                mail,
                JsonAttribute.object()
                        .put("by", by)
                        .put("at", at.toString())
                        .put("why", why)
                        .put("level", level.word()));
    }

    static void clear(Mail mail) {
        ATTRIBUTE.clear(mail);
    }
}
