/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;

/**
 * A mail whose message, envelope and attributes nobody can read without the key. To James it is a mail from nobody to an address that does not
 * exist, with one attribute ({@code tlsward.sealed}: the envelope) and a message of random octets. The two halves belong together by a random
 * number, so that none can be exchanged.
 */
final class SealedMail {
    private static final JsonAttribute ATTRIBUTE = JsonAttribute.of("tlsward.sealed");

    /** A mail without recipients would vanish from any queue (RFC 2606 §2: nobody has this address). */
    private static final String NOBODY = "sealed@tlsward.invalid";

    private static final String HEAD = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n";

    private SealedMail() {}

    static boolean isSealed(Mail mail) {
        return ATTRIBUTE.isThere(mail); // in whatever version: a sealed mail is never taken for one that is not
    }

    static MailImpl of(Mail mail, SealKeys keys) throws MessagingException {
        String id = UUID.randomUUID().toString();
        try {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            mail.getMessage().writeTo(message);
            byte[] sealed = keys.seal(message.toByteArray(), message(id));
            String body = HEAD + Base64.getMimeEncoder().encodeToString(sealed) + "\r\n";
            MailImpl outside = MailImpl.builder()
                    .name(mail.getName())
                    .sender(MaybeSender.nullSender())
                    .addRecipient(NOBODY)
                    .mimeMessage(parsed(body.getBytes(StandardCharsets.US_ASCII)))
                    .build();
            byte[] envelope = keys.seal(envelope(mail).toString().getBytes(StandardCharsets.UTF_8), envelope(id));
            ATTRIBUTE.write(
                    outside,
                    JsonAttribute.object()
                            .put("key", keys.id())
                            .put("id", id)
                            .put("envelope", Base64.getEncoder().encodeToString(envelope)));
            return outside;
        } catch (IOException | GeneralSecurityException e) {
            throw new MessagingException(mail.getName() + " cannot be sealed: " + e.getMessage(), e);
        }
    }

    /** @param whole false if nobody needs the message */
    static MailImpl open(Mail sealed, SealKeys keys, boolean whole) throws MessagingException {
        JsonNode node = ATTRIBUTE
                .read(sealed)
                .orElseThrow(() -> new MessagingException(sealed.getName() + " cannot be opened: it was not sealed in"
                        + " version 1 (expected: the TLS Ward that sealed it, or a newer one)"));
        String id = node.path("id").asText();
        String key = node.path("key").asText();
        try {
            byte[] envelope =
                    keys.open(Base64.getDecoder().decode(node.path("envelope").asText()), envelope(id), key);
            MailImpl mail = mail(sealed.getName(), new String(envelope, StandardCharsets.UTF_8));
            if (whole) {
                mail.setMessage(parsed(keys.open(body(sealed), message(id), key)));
            }
            return mail;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new MessagingException(sealed.getName() + " cannot be opened: " + why(e), e);
        }
    }

    /** By hand, for James' file repository loses the last octets of what it knows to be Base64 ({@link RawMessage}). */
    private static byte[] body(Mail sealed) throws MessagingException, IOException {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        sealed.getMessage().writeTo(source);
        String text = source.toString(StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        return Base64.getMimeDecoder().decode(text.substring(end < 0 ? text.length() : end));
    }

    private static String why(Exception e) {
        return e instanceof javax.crypto.AEADBadTagException || e instanceof IllegalArgumentException
                ? "it was changed or damaged"
                : e.getMessage();
    }

    private static String message(String id) {
        return "tlsward.sealed v1 message " + id;
    }

    private static String envelope(String id) {
        return "tlsward.sealed v1 envelope " + id;
    }

    private static MimeMessage parsed(byte[] source) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
    }

    private static ObjectNode envelope(Mail mail) {
        ObjectNode node = JsonAttribute.object();
        mail.getMaybeSender().asOptional().ifPresent(sender -> node.put("sender", sender.asString()));
        ArrayNode recipients = node.putArray("recipients");
        mail.getRecipients().forEach(recipient -> recipients.add(recipient.asString()));
        put(node, "state", mail.getState());
        put(node, "error", mail.getErrorMessage());
        put(node, "remoteHost", mail.getRemoteHost());
        put(node, "remoteAddr", mail.getRemoteAddr());
        Optional.ofNullable(mail.getLastUpdated())
                .ifPresent(at -> node.put("lastUpdated", at.toInstant().toEpochMilli()));
        ObjectNode attributes = node.putObject("attributes");
        mail.attributes().forEach(attribute -> attribute
                .getValue()
                .toJson()
                .ifPresent(value -> attributes.set(attribute.getName().asString(), value)));
        ArrayNode headers = node.putArray("headers");
        mail.getPerRecipientSpecificHeaders().getHeadersByRecipient().forEach((recipient, header) -> headers.addObject()
                .put("recipient", recipient.asString())
                .put("name", header.getName())
                .put("value", header.getValue()));
        return node;
    }

    private static void put(ObjectNode node, String name, String value) {
        Optional.ofNullable(value).ifPresent(text -> node.put(name, text));
    }

    private static MailImpl mail(String name, String json) throws MessagingException {
        JsonNode node = JsonAttribute.parse(json).orElseThrow(() -> new IllegalArgumentException("no envelope"));
        MailImpl.Builder mail = MailImpl.builder().name(name);
        mail.sender(
                JsonAttribute.text(node, "sender").isPresent()
                        ? MaybeSender.of(new MailAddress(node.path("sender").asText()))
                        : MaybeSender.nullSender());
        for (JsonNode recipient : node.path("recipients")) {
            mail.addRecipient(recipient.asText());
        }
        JsonAttribute.text(node, "state").ifPresent(mail::state);
        JsonAttribute.text(node, "error").ifPresent(mail::errorMessage);
        JsonAttribute.text(node, "remoteHost").ifPresent(mail::remoteHost);
        JsonAttribute.text(node, "remoteAddr").ifPresent(mail::remoteAddr);
        if (node.has("lastUpdated")) {
            mail.lastUpdated(
                    Date.from(Instant.ofEpochMilli(node.path("lastUpdated").asLong())));
        }
        node.path("attributes")
                .fields()
                .forEachRemaining(field -> mail.addAttribute(
                        new Attribute(AttributeName.of(field.getKey()), AttributeValue.fromJson(field.getValue()))));
        for (JsonNode header : node.path("headers")) {
            mail.addHeaderForRecipient(
                    PerRecipientHeaders.Header.builder()
                            .name(header.path("name").asText())
                            .value(header.path("value").asText())
                            .build(),
                    new MailAddress(header.path("recipient").asText()));
        }
        return mail.build();
    }
}
