/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedLowering;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.RecordedRule;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.explain.Sentences;
import org.tlsward.explain.Situation;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;
import org.tlsward.proof.MailStory.Chapter;

/** Makes a sentence, or a few, of each line of a {@link MailStory}. Pure. */
public final class StoryTeller {
    private final Language language;
    private final Phrases phrases;

    /** Tells in that language. */
    public StoryTeller(Language language) {
        this.language = language;
        this.phrases = ProofPhrases.story(language);
    }

    /** What each line of a story tells, in their order. */
    public List<String> tell(MailStory story) {
        List<String> told = new ArrayList<>();
        Map<String, EvidenceRecord> later = new HashMap<>();
        List<Chapter> chapters = story.chapters();
        for (int i = chapters.size() - 1; i >= 0; i--) {
            EvidenceEntry entry = chapters.get(i).entry();
            if (entry instanceof EvidenceRecord record) {
                Optional<EvidenceRecord> next =
                        Optional.ofNullable(later.put(record.mail().recipient(), record));
                told.add(record(
                        record,
                        next.filter(other -> other.isAfterAnotherHost(record)).isPresent()));
            } else {
                told.add(tell(entry));
            }
        }
        Collections.reverse(told);
        return told;
    }

    /** What a line tells that stands alone. */
    String tell(EvidenceEntry entry) {
        return entry instanceof EvidenceRecord record ? record(record, false) : action((EvidenceAction) entry);
    }

    private String action(EvidenceAction action) {
        String by = action.by().orElseGet(() -> phrases.say("server"));
        Map<String, String> values = Map.of(
                "recipient",
                recipient(action.mail()),
                "by",
                by,
                "why",
                action.why().orElse("-"));
        List<String> sentences = new ArrayList<>();
        sentences.add(phrases.say("action." + action.deed().word(), values));
        if (action.why().isPresent()) {
            sentences.add(phrases.say("why", values));
        }
        return String.join(" ", sentences);
    }

    private String record(EvidenceRecord record, boolean triedNext) {
        List<String> sentences = new ArrayList<>();
        sentences.add(phrases.say(key(record), values(record)));
        cause(record).ifPresent(sentences::add);
        end(record, triedNext).ifPresent(sentences::add);
        if (record.result().traffic().inCleartext() > 0) {
            sentences.add(phrases.say("exposed", values(record)));
        }
        record.judgement().lowerings().forEach(lowering -> sentences.add(lowered(lowering)));
        record.judgement().observations().stream()
                .findFirst()
                .ifPresent(observed -> sentences.add(phrases.say(
                        "observed", Map.of("reason", Sentences.seen(observed.reason(), targetOf(record), language)))));
        return String.join(" ", sentences);
    }

    private static String key(EvidenceRecord record) {
        boolean tls = record.tls().isPresent();
        if (record.type() == EvidenceType.GATE && record.result().outcome() == RecordedOutcome.DEFERRED) {
            return "putoff";
        }
        return switch (record.result().outcome()) {
            case DELIVERED -> tls ? "delivered" : "delivered.cleartext";
            case ACCEPTED -> tls ? "accepted" : "accepted.cleartext";
            case REFUSED -> tls ? "refused" : "refused.cleartext";
            case DEFERRED, WITHHELD, REJECTED -> tls ? "tried" : withoutTls(record);
        };
    }

    private static String withoutTls(EvidenceRecord record) {
        if (record.peer().isEmpty()) {
            return "tried.nobody";
        }
        boolean answered =
                record.result().reason().isPresent() || record.result().reply().isPresent();
        return answered ? "tried.cleartext" : "tried.silent";
    }

    /** Why it could not travel: the sentences that its sender got. */
    private Optional<String> cause(EvidenceRecord record) {
        if (record.result().outcome() == RecordedOutcome.REFUSED) {
            return Optional.empty();
        }
        return record.result().reason().map(reason -> reason(record, reason)).or(() -> record.result()
                .reply()
                .filter(reply -> record.result().outcome() != RecordedOutcome.DELIVERED && !reply.isBlank())
                .map(reply -> phrases.say("reply", Map.of("reply", reply))));
    }

    /** What became of the mail: with an earlier host of an attempt it does not wait, the next host was tried at once. */
    private Optional<String> end(EvidenceRecord record, boolean triedNext) {
        if (record.type() == EvidenceType.GATE) {
            return Optional.empty();
        }
        if (triedNext) {
            return Optional.of(phrases.say("end.next-host"));
        }
        return switch (record.result().outcome()) {
            case DEFERRED, WITHHELD, REJECTED -> Optional.of(
                    phrases.say("end." + record.result().outcome().word()));
            case DELIVERED, ACCEPTED, REFUSED -> Optional.empty();
        };
    }

    private Map<String, String> values(EvidenceRecord record) {
        return Map.of(
                "recipient", recipient(record.mail()),
                "domain", targetOf(record),
                "host", record.peer().map(StoryTeller::host).orElse("?"),
                "tls",
                        record.tls()
                                .map(tls -> tls.version() + ", " + tls.cipherSuite())
                                .orElse("-"),
                "proof", phrases.say("proof." + PeerProof.of(record).word()),
                "bytes", Long.toString(record.result().traffic().inCleartext()));
    }

    private String recipient(MailIdentity mail) {
        return mail.recipient().isEmpty() ? phrases.say("nobody") : mail.recipient();
    }

    private static String host(PeerHost peer) {
        return peer.name() + peer.address().map(address -> " [" + address + "]").orElse("");
    }

    private static String targetOf(EvidenceRecord record) {
        return record.peer().map(PeerHost::domain).orElseGet(() -> domain(record.mail()));
    }

    private static String domain(MailIdentity mail) {
        return mail.recipient().substring(mail.recipient().lastIndexOf('@') + 1);
    }

    private String lowered(RecordedLowering lowering) {
        String key = "lowered." + lowering.kind();
        return phrases.say(
                phrases.has(key) ? key : "lowered", Map.of("name", lowering.name(), "reason", lowering.reason()));
    }

    /** The words of bounce and page, made of what was written down. */
    private String reason(EvidenceRecord record, Reason reason) {
        Requirement required = RequirementText.parse(record.judgement().required());
        return Sentences.cause(
                new Situation(
                        targetOf(record),
                        record.peer().map(PeerHost::name),
                        reason,
                        "",
                        required,
                        record.judgement().rules().stream()
                                .map(StoryTeller::contribution)
                                .flatMap(Optional::stream)
                                .toList(),
                        List.of(),
                        Optional.empty()),
                language);
    }

    /** A rule that demanded something. */
    private static Optional<Contribution> contribution(RecordedRule rule) {
        Requirement required = RequirementText.parse(rule.required());
        return Arrays.stream(Source.values())
                .filter(source -> source.word().equals(rule.source()))
                .filter(source -> !required.isEmpty())
                .findFirst()
                .map(source -> new Contribution(
                        source, rule.name(), rule.level().flatMap(TlsLevel::of), required, Optional.empty()));
    }
}
