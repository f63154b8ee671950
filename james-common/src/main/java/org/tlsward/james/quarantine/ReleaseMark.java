/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.tlsward.policy.ReleaseOverride;
import org.tlsward.policy.TlsLevel;

/**
 * The override that a mail was released with, as its attribute {@code tlsward.release}. It counts for this message and these recipients and
 * for nothing else: a copy that some mailet sends elsewhere does not have it, nor does another message. It is an attribute because no
 * sender can write one; headers say nothing here. What is withheld again loses it.
 */
public final class ReleaseMark {
    /** What an override may lower to: TLS with any certificate, or whatever the other side offers. */
    public static final List<TlsLevel> LEVELS = List.of(TlsLevel.ENCRYPT, TlsLevel.MAY);

    private static final JsonAttribute ATTRIBUTE = JsonAttribute.of("tlsward.release");
    private static final List<String> BOUND = List.of("Message-ID", "Date", "From", "Subject");

    private ReleaseMark() {}

    /**
     * Lets a mail travel under an override.
     *
     * @param by who wanted it and who confirmed it
     */
    static void write(Mail mail, String by, PendingOverride override) throws MessagingException {
        ObjectNode node = JsonAttribute.object()
                .put("by", by)
                .put("why", override.why())
                .put("level", override.level().word())
                .put("message", fingerprint(mail));
        ArrayNode recipients = node.putArray("recipients");
        mail.getRecipients().forEach(recipient -> recipients.add(canonical(recipient)));
        ATTRIBUTE.write(mail, node);
    }

    /** The override that counts for that recipient of a mail. */
    public static Optional<ReleaseOverride> of(Mail mail, MailAddress recipient) {
        return ATTRIBUTE
                .read(mail)
                .filter(node -> isFor(node, recipient) && isAbout(node, mail))
                .flatMap(ReleaseMark::parse);
    }

    /** A mail that is withheld, returned or handed on has no override any more. */
    public static void clear(Mail mail) {
        ATTRIBUTE.clear(mail);
    }

    private static boolean isFor(JsonNode node, MailAddress recipient) {
        return StreamSupport.stream(node.path("recipients").spliterator(), false)
                .anyMatch(each -> each.asText().equals(canonical(recipient)));
    }

    private static boolean isAbout(JsonNode node, Mail mail) {
        try {
            return node.path("message").asText().equals(fingerprint(mail));
        } catch (MessagingException | RuntimeException e) {
            return false;
        }
    }

    private static Optional<ReleaseOverride> parse(JsonNode node) {
        return TlsLevel.of(node.path("level").asText())
                .filter(LEVELS::contains)
                .map(level -> new ReleaseOverride(
                        node.path("by").asText(),
                        level,
                        level.requirement(),
                        node.path("why").asText(),
                        // What the destination publishes is not ours to lower.
                        false));
    }

    private static String canonical(MailAddress address) {
        return address.getLocalPart() + "@" + address.getDomain().asString().toLowerCase(Locale.ROOT);
    }

    /** Of what tells one message from another and no server on our side rewrites. */
    private static String fingerprint(Mail mail) throws MessagingException {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String name : BOUND) {
            String[] values = mail.getMessage().getHeader(name);
            hasher.putString(name + " " + (values == null ? 0 : values.length) + "\n", StandardCharsets.UTF_8);
            for (String value : values == null ? new String[0] : values) {
                hasher.putString(value.replaceAll("\\s+", " ") + "\n", StandardCharsets.UTF_8);
            }
        }
        return hasher.hash().toString();
    }
}
