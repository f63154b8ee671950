/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.explain.CleanText;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;
import org.tlsward.explain.Sentences;
import org.tlsward.policy.Reason.Mender;
import org.tlsward.proof.Partner.Fault;

/**
 * A letter to the postmaster of a partner: what their server lacks, how often it was seen, and how it is mended. It names hosts and counts,
 * and no person.
 *
 * @param subject of the mail
 * @param text of the mail
 */
public record PartnerReport(String subject, String text) {
    private static final int MOST = 15;

    /**
     * Writes it.
     *
     * @param domain of the partner
     * @param seen what is known of it; empty if nothing
     * @param from the first day
     * @param to the last day
     * @param wanted German or English
     */
    public static PartnerReport of(
            String domain, Optional<Partner> seen, LocalDate from, LocalDate to, Language wanted) {
        Language language = ProofPhrases.ofPapers(wanted);
        Phrases phrases = ProofPhrases.papers(language);
        Map<String, String> values =
                Map.of("domain", CleanText.of(domain, 300), "from", from.toString(), "to", to.toString());
        List<String> parts = new ArrayList<>();
        parts.add(phrases.say("partner.salutation", values));
        if (seen.filter(partner -> partner.sessions() > 0 || !faults(partner).isEmpty())
                .isEmpty()) {
            parts.add(phrases.say("partner.unknown", values));
        } else {
            parts.addAll(findings(seen.get(), values, language, phrases));
        }
        parts.add(phrases.say("partner.end", values));
        return new PartnerReport(phrases.say("partner.subject", values), String.join("\n\n", parts) + "\n");
    }

    private static List<String> findings(
            Partner partner, Map<String, String> values, Language language, Phrases phrases) {
        List<String> parts = new ArrayList<>();
        StringBuilder intro = new StringBuilder(phrases.say(
                "partner.intro",
                Map.of(
                        "domain", values.get("domain"),
                        "from", values.get("from"),
                        "to", values.get("to"),
                        "sessions", Integer.toString(partner.sessions()),
                        "days", Integer.toString(partner.days()))));
        partner.versions().forEach((version, number) -> intro.append("\n  ")
                .append(version.equals("none") ? phrases.say("partner.cleartext") : CleanText.of(version, 40))
                .append(": ")
                .append(number));
        parts.add(intro.toString());
        List<Fault> faults = faults(partner);
        if (faults.isEmpty()) {
            parts.add(phrases.say("partner.clean"));
            return parts;
        }
        parts.add(phrases.say("partner.faults"));
        for (int i = 0; i < Math.min(MOST, faults.size()); i++) {
            parts.add((i + 1) + ". " + fault(faults.get(i), language, phrases));
        }
        if (partner.withheld() + partner.deferred() > 0) {
            parts.add(phrases.say(
                    "partner.consequence",
                    Map.of(
                            "withheld", Integer.toString(partner.withheld()),
                            "deferred", Integer.toString(partner.deferred()))));
        }
        return parts;
    }

    private static String fault(Fault fault, Language language, Phrases phrases) {
        String when = phrases.say(
                "partner.seen",
                Map.of(
                        "times", Integer.toString(fault.times()),
                        "first", fault.first().toString(),
                        "last", fault.last().toString()));
        return Sentences.fault(fault.reason(), fault.host(), when, language) + " ["
                + fault.reason().word() + "]";
    }

    /** What they can mend; our own mistakes are none of their business. The most frequent first. */
    private static List<Fault> faults(Partner partner) {
        return partner.faults().stream()
                .filter(fault -> fault.reason().mender() == Mender.RECIPIENT_SIDE)
                .sorted(Comparator.comparingInt(Fault::times).reversed())
                .toList();
    }
}
