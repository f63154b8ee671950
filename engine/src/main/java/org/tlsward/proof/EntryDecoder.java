/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.Judgement;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedLowering;
import org.tlsward.evidence.RecordedObservation;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.RecordedRule;
import org.tlsward.evidence.Result;
import org.tlsward.evidence.SeenTls;
import org.tlsward.explain.CleanText;
import org.tlsward.policy.Reason;

/** The members of a line as the record that they were made of. Every text is cleaned: the file may be from anybody. */
final class EntryDecoder {
    private static final int LONGEST = 1000;
    private static final int LONGEST_REQUIRED = 8000;
    private static final int MOST = 100;

    private EntryDecoder() {}

    static Optional<EvidenceEntry> decode(Instant time, JsonNode line) {
        String type = line.path("type").asText();
        if (type.equals("action")) {
            return Deed.of(line.path("action").asText()).map(deed -> action(time, deed, line));
        }
        return word(EvidenceType.values(), EvidenceType::word, type).flatMap(known -> word(
                        RecordedOutcome.values(),
                        RecordedOutcome::word,
                        line.path("outcome").asText())
                .map(outcome -> record(time, known, outcome, line)));
    }

    private static EvidenceEntry action(Instant time, Deed deed, JsonNode line) {
        return new EvidenceAction(
                time, deed, mail(line.path("mail")), maybe(line, "by"), reason(line), maybe(line, "why"));
    }

    private static EvidenceEntry record(Instant time, EvidenceType type, RecordedOutcome outcome, JsonNode line) {
        return new EvidenceRecord(
                time,
                type,
                mail(line.path("mail")),
                judgement(line),
                object(line, "peer").map(EntryDecoder::peer),
                object(line, "tls").map(EntryDecoder::tls),
                result(outcome, line),
                line.path("times").asLong(1));
    }

    private static MailIdentity mail(JsonNode mail) {
        return new MailIdentity(
                text(mail, "id"), maybe(mail, "messageId"), text(mail, "sender"), text(mail, "recipient"));
    }

    private static Judgement judgement(JsonNode line) {
        return new Judgement(
                texts(line, "classes"),
                required(line),
                list(line, "rules", EntryDecoder::rule),
                list(line, "lowered", EntryDecoder::lowering),
                list(line, "observed", EntryDecoder::observation).stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static RecordedRule rule(JsonNode rule) {
        return new RecordedRule(text(rule, "source"), text(rule, "name"), maybe(rule, "level"), required(rule));
    }

    /** A requirement with many pins is long, and one that is cut is another. */
    private static String required(JsonNode node) {
        return CleanText.of(node.path("required").asText(), LONGEST_REQUIRED);
    }

    private static RecordedLowering lowering(JsonNode lowering) {
        return new RecordedLowering(
                text(lowering, "kind"),
                text(lowering, "name"),
                text(lowering, "reason"),
                list(lowering, "replaced", EntryDecoder::rule),
                lowering.path("publishedDropped").asBoolean());
    }

    private static Optional<RecordedObservation> observation(JsonNode observation) {
        return reason(observation)
                .map(reason -> new RecordedObservation(rule(observation), reason, text(observation, "seen")));
    }

    private static PeerHost peer(JsonNode peer) {
        PeerHost.Naming naming = word(
                        PeerHost.Naming.values(),
                        PeerHost.Naming::word,
                        peer.path("naming").asText())
                .orElse(PeerHost.Naming.NONE);
        return new PeerHost(text(peer, "domain"), text(peer, "name"), maybe(peer, "address"), naming);
    }

    private static SeenTls tls(JsonNode tls) {
        return new SeenTls(
                text(tls, "version"),
                text(tls, "cipher"),
                maybe(tls, "group"),
                texts(tls, "chain"),
                maybe(tls, "subject"));
    }

    private static Result result(RecordedOutcome outcome, JsonNode line) {
        JsonNode sent = line.path("sent");
        return new Result(
                outcome,
                reason(line),
                texts(line, "verdicts"),
                maybe(line, "reply"),
                maybe(line, "detail"),
                Duration.ofMillis(line.path("ms").asLong()),
                new Result.Traffic(
                        sent.path("inCleartext").asLong(),
                        sent.path("insideTls").asLong()),
                line.path("acknowledged").asBoolean());
    }

    private static Optional<Reason> reason(JsonNode node) {
        return Reason.of(node.path("reason").asText());
    }

    private static <T> Optional<T> word(T[] values, Function<T, String> wordOf, String word) {
        return Arrays.stream(values)
                .filter(value -> wordOf.apply(value).equals(word))
                .findFirst();
    }

    private static Optional<JsonNode> object(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isObject);
    }

    private static String text(JsonNode node, String name) {
        return CleanText.of(node.path(name).asText(), LONGEST);
    }

    private static Optional<String> maybe(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(text(node, name)) : Optional.empty();
    }

    private static List<String> texts(JsonNode node, String name) {
        return elements(node, name)
                .map(element -> CleanText.of(element.asText(), LONGEST))
                .toList();
    }

    private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> each) {
        return elements(node, name).map(each).toList();
    }

    private static Stream<JsonNode> elements(JsonNode node, String name) {
        return StreamSupport.stream(node.path(name).spliterator(), false).limit(MOST);
    }
}
