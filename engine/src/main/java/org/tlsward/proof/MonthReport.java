/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.tlsward.explain.CleanText;
import org.tlsward.explain.Language;
import org.tlsward.explain.Phrases;

/**
 * The figures of a month for the data protection officer: how mail travelled, what was held back, who lowered what, and what they rest on.
 *
 * @param text to print or to send
 * @param figures the same for programs
 */
public record MonthReport(String text, DayFigures figures) {
    private static final int MOST = 20;

    /** Writes it; {@code counted} has the days of that month. */
    public static MonthReport of(YearMonth month, FiguresArchive.Figures counted, Language wanted) {
        DayFigures sum = counted.sum();
        Writer writer = new Writer(ProofPhrases.papers(wanted), sum);
        writer.head(month, counted);
        writer.outbound();
        writer.list("reason.", "month.reasons");
        writer.list("observed.", "month.observed");
        writer.list("deed.", "month.deeds");
        writer.list("lowered.", "month.lowered");
        writer.list("cleartext.", "month.cleartext");
        writer.inbound();
        writer.say("month.end");
        return new MonthReport(writer.text(), sum);
    }

    /** Collects the parts. */
    private static final class Writer {
        private final Phrases phrases;
        private final DayFigures sum;
        private final List<String> parts = new ArrayList<>();

        Writer(Phrases phrases, DayFigures sum) {
            this.phrases = phrases;
            this.sum = sum;
        }

        void say(String key) {
            parts.add(phrases.say(key));
        }

        void head(YearMonth month, FiguresArchive.Figures counted) {
            SortedMap<LocalDate, DayFigures> days = counted.days();
            parts.add(phrases.say("month.title", Map.of("month", month.toString())));
            parts.add(phrases.say(
                    "month.basis",
                    Map.of(
                            "days", Integer.toString(days.size()),
                            "all", Integer.toString(month.lengthOfMonth()))));
            if (!counted.complete()) {
                say("month.incomplete");
            }
            if (counted.unreadable() > 0) {
                parts.add(phrases.say("month.unreadable", Map.of("number", Long.toString(counted.unreadable()))));
            }
        }

        void outbound() {
            long delivered = sum.count("out.cleartext") + sum.count("out.encrypted") + sum.count("out.authenticated");
            List<String> lines = new ArrayList<>();
            lines.add(phrases.say("month.out", Map.of("number", Long.toString(delivered))));
            for (String kind : List.of("authenticated", "encrypted", "cleartext")) {
                lines.add(row(phrases.say("month.out." + kind), sum.count("out." + kind), delivered));
            }
            for (String kind : List.of("delayed", "withheld", "bounced")) {
                lines.add(row(phrases.say("month.out." + kind), sum.count("out." + kind), 0));
            }
            sum.below("out.tls.").forEach((version, number) -> lines.add(row(version, number, delivered)));
            parts.add(String.join("\n", lines));
        }

        void inbound() {
            if (sum.below("in.").isEmpty()) {
                say("month.in.nothing");
                return;
            }
            List<String> lines = new ArrayList<>();
            long accepted = sum.count("in.accepted");
            lines.add(phrases.say("month.in", Map.of("number", Long.toString(accepted))));
            sum.below("in.tls.")
                    .forEach((version, number) -> lines.add(
                            row(version.equals("none") ? phrases.say("month.none") : version, number, accepted)));
            lines.add(row(phrases.say("month.in.refused"), sum.count("in.refused"), 0));
            lines.add(row(phrases.say("month.in.deferred"), sum.count("in.deferred"), 0));
            parts.add(String.join("\n", lines));
        }

        void list(String prefix, String title) {
            SortedMap<String, Long> found = sum.below(prefix);
            List<String> lines = new ArrayList<>();
            lines.add(phrases.say(title));
            found.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .limit(MOST)
                    .forEach(entry -> lines.add(row(CleanText.of(entry.getKey(), 60), entry.getValue(), 0)));
            if (found.isEmpty()) {
                lines.add("  -");
            }
            if (found.size() > MOST) {
                lines.add("  " + phrases.say("month.more", Map.of("number", Integer.toString(found.size() - MOST))));
            }
            parts.add(String.join("\n", lines));
        }

        private static String row(String name, long number, long all) {
            String share = all > 0 ? String.format(Locale.ROOT, " %5.1f %%", 100.0 * number / all) : "";
            return String.format(Locale.ROOT, "  %-44s %9d%s", name, number, share);
        }

        String text() {
            return String.join("\n\n", parts) + "\n";
        }
    }
}
