/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Multimap;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;

/**
 * Everything of a mail but its message, as JSON.
 *
 * <p>Attributes are written as James writes them; one that James cannot write (it is made to be of this process only) is
 * left out, as in every queue of James. But one that cannot be <em>read</em> makes the mail damaged: it may have been a
 * requirement.
 */
final class Envelope {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode tree;

    private Envelope(JsonNode tree) {
        this.tree = tree;
    }

    static byte[] write(Mail mail) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(1024);
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("name", mail.getName());
            writeIfPresent(json, "sender", mail.getMaybeSender().asOptional().map(MailAddress::asString));
            json.writeArrayFieldStart("recipients");
            for (MailAddress recipient : mail.getRecipients()) {
                json.writeString(recipient.asString());
            }
            json.writeEndArray();
            writeIfPresent(json, "state", Optional.ofNullable(mail.getState()));
            writeIfPresent(json, "error", Optional.ofNullable(mail.getErrorMessage()));
            writeIfPresent(json, "remoteHost", Optional.ofNullable(mail.getRemoteHost()));
            writeIfPresent(json, "remoteAddress", Optional.ofNullable(mail.getRemoteAddr()));
            if (mail.getLastUpdated() != null) {
                json.writeNumberField(
                        "lastUpdated", mail.getLastUpdated().toInstant().toEpochMilli());
            }
            writeAttributes(json, mail);
            writeHeaders(json, mail.getPerRecipientSpecificHeaders());
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        }
    }

    static Envelope read(byte[] bytes) throws DamagedMailException {
        try {
            return new Envelope(JSON.readTree(bytes));
        } catch (IOException e) {
            throw new DamagedMailException("the envelope of a mail is not JSON", e);
        }
    }

    String name() {
        return text("name").orElse("");
    }

    /** The sender's address, or {@code <>}. */
    String sender() {
        return text("sender").orElse("<>");
    }

    Stream<String> recipients() {
        return elements(tree.path("recipients")).map(JsonNode::asText);
    }

    /** The mail, still without its message. */
    MailImpl toMail() throws DamagedMailException {
        try {
            MailImpl.Builder mail = MailImpl.builder().name(name());
            Optional<String> sender = text("sender");
            if (sender.isPresent()) {
                mail.sender(new MailAddress(sender.get()));
            }
            for (String recipient : recipients().toList()) {
                mail.addRecipient(new MailAddress(recipient));
            }
            text("state").ifPresent(mail::state);
            text("error").ifPresent(mail::errorMessage);
            text("remoteHost").ifPresent(mail::remoteHost);
            text("remoteAddress").ifPresent(mail::remoteAddr);
            if (tree.has("lastUpdated")) {
                mail.lastUpdated(
                        Date.from(Instant.ofEpochMilli(tree.path("lastUpdated").asLong())));
            }
            mail.addAttributes(attributes());
            readHeaders(mail);
            return mail.build();
        } catch (MessagingException | RuntimeException e) {
            throw new DamagedMailException("the envelope of a mail does not make sense", e);
        }
    }

    private static void writeIfPresent(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static void writeAttributes(JsonGenerator json, Mail mail) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (Attribute attribute : mail.attributes().toList()) {
            Optional<JsonNode> value = attribute.getValue().toJson();
            if (value.isPresent()) {
                json.writeFieldName(attribute.getName().asString());
                json.writeTree(value.get());
            }
        }
        json.writeEndObject();
    }

    private static void writeHeaders(JsonGenerator json, PerRecipientHeaders headers) throws IOException {
        Multimap<MailAddress, PerRecipientHeaders.Header> byRecipient = headers.getHeadersByRecipient();
        if (byRecipient.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("headers");
        for (Map.Entry<MailAddress, PerRecipientHeaders.Header> entry : byRecipient.entries()) {
            json.writeStartObject();
            json.writeStringField("recipient", entry.getKey().asString());
            json.writeStringField("name", entry.getValue().getName());
            json.writeStringField("value", entry.getValue().getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private List<Attribute> attributes() {
        Iterable<Map.Entry<String, JsonNode>> fields =
                () -> tree.path("attributes").fields();
        return StreamSupport.stream(fields.spliterator(), false)
                .map(field ->
                        new Attribute(AttributeName.of(field.getKey()), AttributeValue.fromJson(field.getValue())))
                .toList();
    }

    private void readHeaders(MailImpl.Builder mail) throws AddressException {
        for (JsonNode header : elements(tree.path("headers")).toList()) {
            mail.addHeaderForRecipient(
                    PerRecipientHeaders.Header.builder()
                            .name(header.path("name").asText())
                            .value(header.path("value").asText())
                            .build(),
                    new MailAddress(header.path("recipient").asText()));
        }
    }

    private Optional<String> text(String field) {
        JsonNode value = tree.path(field);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
