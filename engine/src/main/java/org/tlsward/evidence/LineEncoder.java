/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tlsward.explain.CleanText;
import org.tlsward.hops.HopSummary;

/**
 * A record as the rest of a line: everything after the link. What strangers wrote is cleaned and bounded, so that no peer can make a
 * line of a megabyte.
 */
final class LineEncoder {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_ADDRESS = 400;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_REPLY = 1000;
    private static final int LONGEST_LIST = 40;

    /** Of a requirement with a hundred pins: one that is cut means another, see {@link org.tlsward.policy.RequirementText#parse}. */
    private static final int LONGEST_REQUIRED = 8000;

    /** Readers take no line above 2^20 bytes for one of ours. Rules of that size nobody writes; then requirements are cut. */
    private static final int LARGEST = 1 << 19;

    private final AddressForm form;

    LineEncoder(AddressForm form) {
        this.form = form;
    }

    /** What makes the members of one object. */
    @FunctionalInterface
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** The members of one object with its closing brace and the LF, without the opening brace: the link goes before it. */
    static byte[] encode(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            // A byte array takes everything.
            throw new UncheckedIOException(e);
        }
        byte[] object = bytes.toByteArray();
        return java.util.Arrays.copyOfRange(object, 1, object.length);
    }

    byte[] encode(Recordable plain) {
        Recordable entry = plain.with(form);
        if (entry instanceof EvidenceRecord record) {
            return encode(record);
        }
        if (entry instanceof EvidenceHops hops) {
            return encode(hops);
        }
        return entry instanceof EvidenceAction action ? encode(action) : encode((EvidenceEmergency) entry);
    }

    private static byte[] encode(EvidenceHops audit) {
        return encode(json -> {
            json.writeStringField("time", audit.time().toString());
            json.writeStringField("type", "hops");
            mail(json, audit.mail());
            json.writeStringField("verdict", audit.hops().verdict());
            json.writeStringField("minimum", audit.hops().minimum());
            json.writeArrayFieldStart("hops");
            for (HopSummary.Told hop : bounded(audit.hops().hops())) {
                json.writeStartObject();
                json.writeStringField("tls", hop.tls());
                json.writeStringField("place", hop.place());
                json.writeBooleanField("ours", hop.ours());
                json.writeStringField("verdict", hop.verdict());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("more", audit.hops().more());
        });
    }

    private static byte[] encode(EvidenceEmergency emergency) {
        return encode(json -> {
            json.writeStringField("time", emergency.time().toString());
            json.writeStringField("type", "emergency");
            json.writeStringField("action", emergency.deed().word());
            json.writeStringField("what", emergency.what());
            text(json, "name", emergency.name());
            text(json, "by", emergency.by());
            if (emergency.why().isPresent()) {
                text(json, "why", emergency.why().get());
            }
            if (emergency.until().isPresent()) {
                json.writeStringField("until", emergency.until().get().toString());
            }
        });
    }

    private static byte[] encode(EvidenceAction action) {
        return encode(json -> {
            json.writeStringField("time", action.time().toString());
            json.writeStringField("type", "action");
            mail(json, action.mail());
            json.writeStringField("action", action.deed().word());
            if (action.by().isPresent()) {
                text(json, "by", action.by().get());
            }
            if (action.reason().isPresent()) {
                json.writeStringField("reason", action.reason().get().word());
            }
            if (action.why().isPresent()) {
                text(json, "why", action.why().get());
            }
        });
    }

    private static byte[] encode(EvidenceRecord record) {
        byte[] whole = encode(record, LONGEST_REQUIRED);
        return whole.length <= LARGEST ? whole : encode(record, LONGEST_TEXT);
    }

    private static byte[] encode(EvidenceRecord record, int longest) {
        return encode(json -> {
            json.writeStringField("time", record.time().toString());
            json.writeStringField("type", record.type().word());
            mail(json, record.mail());
            judgement(json, record.judgement(), longest);
            if (record.peer().isPresent()) {
                peer(json, record.peer().get());
            }
            if (record.tls().isPresent()) {
                tls(json, record.tls().get());
            }
            result(json, record.result());
            observations(json, record.judgement().observations(), longest);
            if (record.times() != 1) {
                json.writeNumberField("times", record.times());
            }
        });
    }

    private static void mail(JsonGenerator json, MailIdentity mail) throws IOException {
        json.writeObjectFieldStart("mail");
        text(json, "id", mail.queueId());
        if (mail.messageId().isPresent()) {
            text(json, "messageId", mail.messageId().get());
        }
        json.writeStringField("sender", CleanText.of(mail.sender(), LONGEST_ADDRESS));
        json.writeStringField("recipient", CleanText.of(mail.recipient(), LONGEST_ADDRESS));
        json.writeEndObject();
    }

    private static void judgement(JsonGenerator json, Judgement judgement, int longest) throws IOException {
        texts(json, "classes", judgement.classes());
        json.writeStringField("required", CleanText.of(judgement.required(), longest));
        rules(json, "rules", judgement.rules(), longest);
        if (judgement.lowerings().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("lowered");
        for (RecordedLowering lowering : bounded(judgement.lowerings())) {
            json.writeStartObject();
            json.writeStringField("kind", lowering.kind());
            text(json, "name", lowering.name());
            text(json, "reason", lowering.reason());
            json.writeBooleanField("publishedDropped", lowering.publishedDropped());
            rules(json, "replaced", lowering.replaced(), longest);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void rules(JsonGenerator json, String name, List<RecordedRule> rules, int longest)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (RecordedRule rule : bounded(rules)) {
            json.writeStartObject();
            rule(json, rule, longest);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void rule(JsonGenerator json, RecordedRule rule, int longest) throws IOException {
        json.writeStringField("source", rule.source());
        text(json, "name", rule.name());
        if (rule.level().isPresent()) {
            json.writeStringField("level", rule.level().get());
        }
        json.writeStringField("required", CleanText.of(rule.required(), longest));
    }

    private static void peer(JsonGenerator json, PeerHost peer) throws IOException {
        json.writeObjectFieldStart("peer");
        text(json, "domain", peer.domain());
        text(json, "name", peer.name());
        if (peer.address().isPresent()) {
            text(json, "address", peer.address().get());
        }
        json.writeStringField("naming", peer.naming().word());
        json.writeEndObject();
    }

    private static void tls(JsonGenerator json, SeenTls tls) throws IOException {
        json.writeObjectFieldStart("tls");
        text(json, "version", tls.version());
        text(json, "cipher", tls.cipherSuite());
        if (tls.group().isPresent()) {
            text(json, "group", tls.group().get());
        }
        texts(json, "chain", tls.chain());
        if (tls.subject().isPresent()) {
            text(json, "subject", tls.subject().get());
        }
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, Result result) throws IOException {
        texts(json, "verdicts", result.verdicts());
        json.writeStringField("outcome", result.outcome().word());
        if (result.reason().isPresent()) {
            json.writeStringField("reason", result.reason().get().word());
        }
        if (result.reply().isPresent()) {
            json.writeStringField("reply", CleanText.of(result.reply().get(), LONGEST_REPLY));
        }
        if (result.detail().isPresent()) {
            json.writeStringField("detail", CleanText.of(result.detail().get(), LONGEST_REPLY));
        }
        json.writeNumberField("ms", result.duration().toMillis());
        json.writeObjectFieldStart("sent");
        json.writeNumberField("inCleartext", result.traffic().inCleartext());
        json.writeNumberField("insideTls", result.traffic().insideTls());
        json.writeEndObject();
        json.writeBooleanField("acknowledged", result.acknowledged());
    }

    private static void observations(JsonGenerator json, List<RecordedObservation> observations, int longest)
            throws IOException {
        if (observations.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("observed");
        for (RecordedObservation observation : bounded(observations)) {
            json.writeStartObject();
            rule(json, observation.rule(), longest);
            json.writeStringField("reason", observation.reason().word());
            text(json, "seen", observation.seen());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, CleanText.of(text, LONGEST_TEXT));
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : bounded(texts)) {
            json.writeString(CleanText.of(text, LONGEST_TEXT));
        }
        json.writeEndArray();
    }

    private static <T> List<T> bounded(List<T> list) {
        return list.subList(0, Math.min(list.size(), LONGEST_LIST));
    }
}
