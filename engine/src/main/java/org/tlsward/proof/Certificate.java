/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * What became of one mail for one recipient.
     *
     * @param sender of the envelope: two may have chosen the same Message-ID
     * @param recipient of the envelope
     * @param attempts in the order of the log
     */
    private record Journey(String sender, String recipient, List<EvidenceRecord> attempts) {
        Optional<EvidenceRecord> delivery() {
            return attempts.stream()
                    .filter(record -> record.result().outcome() == RecordedOutcome.DELIVERED)
                    .reduce((earlier, later) -> later);
        }

        /** All but the last delivery. */
        Stream<EvidenceRecord> others() {
            Optional<EvidenceRecord> last = delivery();
            return attempts.stream().filter(record -> !last.equals(Optional.of(record)));
        }
    }

    private String page(Instant now) {
        html.element("h1", phrases.say("certificate.title"));
        mail(now);
        List<Journey> journeys = journeys();
        html.element("h2", phrases.say("certificate.result"));
        journeys.stream().limit(MOST_RECIPIENTS).forEach(this::result);
        more(journeys.size() - MOST_RECIPIENTS);
        earlier(journeys);
        lines();
        scope();
        return html.page(language.code(), phrases.say("certificate.title"));
    }

    private void mail(Instant now) {
        String senders = basis.stories().stream()
                .map(story -> shown(story.sender()))
                .distinct()
                .collect(Collectors.joining(", "));
        html.open("table")
                .row(
                        phrases.say("certificate.messageId"),
                        basis.stories().get(0).messageId().orElse("-"))
                .row(phrases.say("certificate.sender"), senders)
                .row(phrases.say("certificate.issued"), now.toString())
                .close("table");
        if (isAmbiguous()) {
            html.element("p", phrases.say("certificate.ambiguous"));
        }
    }

    private boolean isAmbiguous() {
        return basis.stories().size() > 1;
    }

    private static String shown(String sender) {
        return sender.isEmpty() ? "<>" : sender;
    }

    /** Each mail for each recipient, in the order of the log. */
    private List<Journey> journeys() {
        return basis.stories().stream()
                .flatMap(story -> story.recipients().stream()
                        .map(recipient -> new Journey(story.sender(), recipient, attempts(story, recipient))))
                .toList();
    }

    private static List<EvidenceRecord> attempts(MailStory story, String recipient) {
        return story.chapters().stream()
                .map(Chapter::entry)
                .filter(entry -> entry.mail().recipient().equals(recipient))
                .filter(EvidenceRecord.class::isInstance)
                .map(EvidenceRecord.class::cast)
                .filter(record -> record.type() == EvidenceType.ATTEMPT)
                .toList();
    }

    private List<Chapter> chapters() {
        return basis.stories().stream()
                .flatMap(story -> story.chapters().stream())
                .toList();
    }

    private void result(Journey journey) {
        Optional<EvidenceRecord> delivery = journey.delivery();
        html.open("p").open("strong");
        if (isAmbiguous()) {
            html.text(shown(journey.sender()) + " \u2192 ");
        }
        html.text(journey.recipient()).text(": ");
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
        html.open("table")
                .row(phrases.say("certificate.time"), record.time().truncatedTo(ChronoUnit.SECONDS) + " (UTC)");
        record.peer().ifPresent(this::peer);
        record.tls().ifPresent(this::tls);
        html.row(phrases.say("certificate.answer"), record.result().reply().orElse("-"));
        html.close("table");
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
    private void earlier(List<Journey> journeys) {
        html.element("h2", phrases.say("certificate.earlier"));
        List<EvidenceRecord> others = journeys.stream().flatMap(Journey::others).toList();
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
        html.open("figure").open("table").open("thead");
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
                    record.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    record.mail().recipient(),
                    record.peer().map(PeerHost::name).orElse("-"),
                    exposure(record));
        }
        html.close("tbody").close("table").close("figure");
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
        return (place.node().isEmpty() ? "" : place.node() + " ") + place.file() + ":" + place.number() + " (seq "
                + place.sequence() + ") sha256 " + place.hash();
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
