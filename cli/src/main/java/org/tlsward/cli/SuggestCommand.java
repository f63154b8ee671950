/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Block;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.config.WardConfiguration;
import org.tlsward.policy.DestinationRules;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.PartnerSessions;
import org.tlsward.proof.Suggestions;
import org.tlsward.proof.Suggestions.Observed;
import org.tlsward.proof.Suggestions.Suggestion;
import org.tlsward.proof.Suggestions.Threshold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds partners that could be held to more. */
@Command(
        name = "suggest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Find partners whose mail servers could be held to more at once, because every connection would have done, and print"
                    + " lines for <destinations>.",
            "Nothing is suggested that is weaker than the rule that counts now. Also tells who would fall under a rule that"
                    + " only observes."
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  told", "   2  the evidence, or a line of it, cannot be read", "  64  bad usage"})
final class SuggestCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--days", paramLabel = "N", description = "Look at the last so many days (default: 30).")
    private int days = 30;

    @Option(
            names = "--min-sessions",
            paramLabel = "N",
            description = "Demand at least so many connections (default: 10) ...")
    private int sessions = Threshold.USUAL.sessions();

    @Option(names = "--min-days", paramLabel = "N", description = "... on at least so many days (default: 3).")
    private int onDays = Threshold.USUAL.days();

    @Mixin
    private LanguageOption language;

    @Mixin
    private ArchiveOption evidence;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    SuggestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (days < 1 || sessions < 1 || onDays < 1) {
            throw new UsageException("unsupported number (expected: numbers from 1 on)");
        }
        Instant now = surroundings.clock().instant();
        Instant from = now.minus(days, ChronoUnit.DAYS);
        PartnerSessions seen = new PartnerSessions(from);
        EvidenceArchive.Reading reading = EvidenceArchive.read(
                ArchiveOption.files(
                        evidence.archives(surroundings),
                        from,
                        spec.commandLine().getErr()),
                seen);
        DestinationRules rules = evidence.configuration(surroundings)
                .map(WardConfiguration::destinations)
                .orElse(DestinationRules.NONE);
        Suggestions suggestions = new Suggestions(rules, new Threshold(sessions, onDays), language.language());
        print(
                suggestions.suggest(seen, now),
                suggestions.observed(seen),
                seen.partners().size());
        boolean readable = ArchiveOption.isReadable(
                reading.unreadable(), spec.commandLine().getErr());
        return (readable ? ExitCode.CLEAN : ExitCode.COULD_NOT_TELL).number();
    }

    private void print(List<Suggestion> found, List<Observed> observed, int destinations) {
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        ReportPrinter printer = new ReportPrinter(spec.commandLine().getOut(), ansi);
        if (json) {
            printer.json(Map.of(
                    "suggestions",
                            found.stream()
                                    .map(each -> Map.of(
                                            "destination", each.destination(),
                                            "line", each.line().xml(),
                                            "because", each.because()))
                                    .toList(),
                    "observed",
                            observed.stream()
                                    .map(each -> Map.of(
                                            "destination", each.destination(),
                                            "mails", each.mails(),
                                            "reason", each.reason().word(),
                                            "sentence", each.sentence()))
                                    .toList()));
            return;
        }
        List<Section> sections = new ArrayList<>();
        SectionBuilder stricter = new SectionBuilder("Could be stricter at once");
        for (Suggestion each : found) {
            stricter.row(Mark.OK, "", each.destination() + ": " + each.because());
            stricter.add(new Block("for <destinations>", List.of(each.line().xml())));
        }
        sections.add(stricter.build());
        SectionBuilder would = new SectionBuilder("Delivered, but a rule that observes would have withheld");
        observed.forEach(each -> would.row(
                Mark.WARNING,
                each.mails() + " x",
                each.destination() + ": " + each.sentence() + " ("
                        + each.reason().word() + ")"));
        sections.add(would.build());
        printer.text(new Report(destinations + " destinations in " + days + " days", sections, ExitCode.CLEAN));
    }
}
