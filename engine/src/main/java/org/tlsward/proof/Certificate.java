/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.evidence.EvidenceEntry;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.proof.MailStory.Chapter;

/**
 * One page about one mail, for a recipient or an auditor: what was sent how, what earlier attempts exposed, which lines prove it, and what
 * that does not prove. HTML without scripts, to be printed. What strangers have written is only text on it.
 */
public final class Certificate {
    /** One page. */
    private static final int MOST_RECIPIENTS = 4;

    private static final int MOST_ATTEMPTS = 6;
    private static final int MOST_LINES = 8;

    private final CertificateBasis basis;
    private final Language language;
    private final Phrases phrases;
    private final Html html = new Html();

    private Certificate(CertificateBasis basis, Language wanted) {
        this.basis = basis;
        this.language = ProofPhrases.ofPapers(wanted);
        this.phrases = ProofPhrases.papers(language);
    }

    /**
     * The page.
     *
     * @param basis with one line about the mail at least
     * @param language German or English; English for any other
     * @param now when it is issued
     */
    public static String html(CertificateBasis basis, Language language, Instant now) {
        return new Certificate(basis, language).page(now);
    }

    private String page(Instant now) {
        html.element("h1", phrases.say("certificate.title"));
        mail(now);
        Map<String, List<EvidenceRecord>> attempts = attempts();
        html.element("h2", phrases.say("certificate.result"));
        int shown = 0;
        for (Map.Entry<String, List<EvidenceRecord>> each : attempts.entrySet()) {
            if (shown++ < MOST_RECIPIENTS) {
                result(each.getKey(), each.getValue());
            }
        }
        more(attempts.size() - MOST_RECIPIENTS);
        earlier(attempts);
        lines();
        scope();
        return html.page(language.code(), phrases.say("certificate.title"));
    }

    private void mail(Instant now) {
        MailStory first = basis.stories().get(0);
        html.open("table")
                .row(phrases.say("certificate.messageId"), first.messageId().orElse("-"))
                .row(phrases.say("certificate.sender"), first.sender().isEmpty() ? "<>" : first.sender())
                .row(phrases.say("certificate.issued"), now.toString())
                .close("table");
        if (basis.stories().size() > 1) {
            html.element("p", phrases.say("certificate.ambiguous"));
        }
    }

    /** By recipient, in the order of the log. */
    private Map<String, List<EvidenceRecord>> attempts() {
        Map<String, List<EvidenceRecord>> byRecipient = new LinkedHashMap<>();
        chapters().stream().map(Chapter::entry).forEach(entry -> {
            List<EvidenceRecord> own =
                    byRecipient.computeIfAbsent(entry.mail().recipient(), recipient -> new ArrayList<>());
            if (entry instanceof EvidenceRecord record && record.type() == EvidenceType.ATTEMPT) {
                own.add(record);
            }
        });
        return byRecipient;
    }

    private List<Chapter> chapters() {
        return basis.stories().stream()
                .flatMap(story -> story.chapters().stream())
                .toList();
    }

    private void result(String recipient, List<EvidenceRecord> attempts) {
        Optional<EvidenceRecord> delivery = delivery(attempts);
        html.open("p").open("strong").text(recipient).text(": ");
        if (delivery.isEmpty()) {
            html.text(phrases.say("certificate.notDelivered")).close("strong").close("p");
            return;
        }
        EvidenceRecord record = delivery.get();
        PeerProof proof = PeerProof.of(record);
        html.text(phrases.say(proof == PeerProof.CLEARTEXT ? "certificate.cleartext" : "certificate.encrypted"))
                .close("strong")
                .text(" ")
                .text(phrases.say("certificate.proof." + proof.word()))
                .close("p");
        html.open("table").row(phrases.say("certificate.time"), record.time() + " (UTC)");
        record.peer().ifPresent(this::peer);
        record.tls().ifPresent(this::tls);
        html.row(phrases.say("certificate.answer"), record.result().reply().orElse("-"));
        html.close("table");
    }

    private static Optional<EvidenceRecord> delivery(List<EvidenceRecord> attempts) {
        return attempts.stream()
                .filter(record -> record.result().outcome() == RecordedOutcome.DELIVERED)
                .reduce((earlier, later) -> later);
    }

    private void peer(PeerHost peer) {
        html.row(
                phrases.say("certificate.host"),
                peer.name()
                        + peer.address().map(address -> " [" + address + "]").orElse("") + " ("
                        + phrases.say("certificate.for", Map.of("domain", peer.domain())) + ")");
        html.row(
                phrases.say("certificate.naming"),
                phrases.say("certificate.naming." + peer.naming().word()));
    }

    private void tls(SeenTls tls) {
        html.row(
                "TLS",
                tls.version() + ", " + tls.cipherSuite()
                        + tls.group().map(group -> ", " + group).orElse(""));
        html.row(
                phrases.say("certificate.certificate"),
                tls.subject().orElse("-")
                        + tls.chain().stream()
                                .findFirst()
                                .map(digest -> ", SHA-256 " + digest)
                                .orElse(""));
    }

    private void more(int number) {
        if (number > 0) {
            html.element("p", phrases.say("certificate.more", Map.of("number", Integer.toString(number))));
        }
    }

    /** Attempts before the last one, and what each of them told to whoever listened. */
    private void earlier(Map<String, List<EvidenceRecord>> attempts) {
        html.element("h2", phrases.say("certificate.earlier"));
        List<EvidenceRecord> others = attempts.values().stream()
                .flatMap(own -> own.stream().filter(record -> !delivery(own).equals(Optional.of(record))))
                .toList();
        if (others.isEmpty()) {
            html.element("p", phrases.say("certificate.earlier.none"));
            return;
        }
        // What exposed something is shown before what did not.
        List<EvidenceRecord> shown = others.stream()
                .sorted(java.util.Comparator.comparing((EvidenceRecord record) -> !exposed(record))
                        .thenComparing(EvidenceRecord::time))
                .limit(MOST_ATTEMPTS)
                .toList();
        html.open("table").open("thead");
        html.cells(
                "th",
                phrases.say("certificate.time"),
                phrases.say("certificate.recipient"),
                phrases.say("certificate.host"),
                phrases.say("certificate.exposed"));
        html.close("thead").open("tbody");
        for (EvidenceRecord record : shown) {
            html.cells(
                    "td",
                    record.time().toString(),
                    record.mail().recipient(),
                    record.peer().map(PeerHost::name).orElse("-"),
                    exposure(record));
        }
        html.close("tbody").close("table");
        more(others.size() - shown.size());
    }

    private static boolean exposed(EvidenceRecord record) {
        return record.result().traffic().inCleartext() > 0
                || record.result().traffic().insideTls() > 0;
    }

    private String exposure(EvidenceRecord record) {
        long clear = record.result().traffic().inCleartext();
        long inside = record.result().traffic().insideTls();
        if (clear > 0) {
            return phrases.say("certificate.exposed.cleartext", Map.of("bytes", Long.toString(clear)));
        }
        return inside > 0
                ? phrases.say(
                        "certificate.exposed.tls",
                        Map.of(
                                "bytes", Long.toString(inside),
                                "tls", record.tls().map(SeenTls::version).orElse("TLS"),
                                "proof",
                                        phrases.say("certificate.proof."
                                                + PeerProof.of(record).word())))
                : phrases.say("certificate.exposed.nothing");
    }

    private void lines() {
        html.element("h2", phrases.say("certificate.lines"));
        List<Chapter> chapters = chapters();
        int from = Math.max(0, chapters.size() - MOST_LINES);
        html.open("ul");
        for (Chapter chapter : chapters.subList(from, chapters.size())) {
            html.open("li").open("small").text(place(chapter.place()));
            html.text(" " + word(chapter.entry())).close("small").close("li");
        }
        html.close("ul");
        more(from);
        html.element(
                "p",
                basis.checkpoint()
                        .map(signed -> phrases.say(
                                "certificate.checkpoint",
                                Map.of("place", place(signed.place()), "time", signed.time(), "key", signed.key())))
                        .orElseGet(() -> phrases.say("certificate.checkpoint.none")));
    }

    private static String place(LinePlace place) {
        return place.file() + ":" + place.number() + " (seq " + place.sequence() + ") sha256 " + place.hash();
    }

    private static String word(EvidenceEntry entry) {
        return entry instanceof EvidenceRecord record
                ? record.result().outcome().word()
                : ((org.tlsward.evidence.EvidenceAction) entry).deed().word();
    }

    private void scope() {
        html.element("h2", phrases.say("certificate.scope"));
        html.open("ul");
        html.element("li", phrases.say("certificate.scope.proves"));
        html.element("li", phrases.say("certificate.scope.hop"));
        html.element("li", phrases.say("certificate.scope.word"));
        html.element("li", phrases.say("certificate.scope.content"));
        html.element(
                "li",
                phrases.say("certificate.scope.read", Map.of("first", basis.firstFile(), "last", basis.lastFile())));
        if (basis.reading().unreadable() > 0) {
            html.element(
                    "li",
                    phrases.say(
                            "certificate.scope.unreadable",
                            Map.of("number", Long.toString(basis.reading().unreadable()))));
        }
        html.close("ul");
    }
}
