/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.FiguresArchive;
import org.tlsward.proof.FiguresArchive.Figures;
import org.tlsward.proof.MonthReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Figures for the data protection officer. */
@Command(
        name = "month",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print the figures of a month for the data protection officer. It names domains and no person.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  printed",
            "   1  there is no evidence of that month",
            "   2  it, or a line of it, cannot be read",
            "  64  bad usage"
        })
final class ReportMonthCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MONTH", description = "For example 2026-11 (default: this month).")
    private Optional<String> month = Optional.empty();

    @Mixin
    private LanguageOption language;

    @Mixin
    private ArchiveOption evidence;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    ReportMonthCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        YearMonth asked = month();
        List<Figures> logs = new ArrayList<>();
        for (EvidenceArchive log : evidence.archives(surroundings)) {
            logs.add(new FiguresArchive(log).figures(asked.atDay(1), asked.atEndOfMonth(), Long.MAX_VALUE));
        }
        Figures figures = Figures.together(logs);
        MonthReport report = MonthReport.of(asked, figures, language.language());
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF)
                    .json(Map.of(
                            "month", asked.toString(),
                            "text", report.text(),
                            "figures", report.figures().counts()));
        } else {
            spec.commandLine().getOut().print(report.text());
            spec.commandLine().getOut().flush();
        }
        if (!ArchiveOption.isReadable(figures.unreadable(), spec.commandLine().getErr())) {
            return ExitCode.COULD_NOT_TELL.number();
        }
        return (figures.days().isEmpty() ? ExitCode.PROBLEMS : ExitCode.CLEAN).number();
    }

    private YearMonth month() {
        try {
            return month.map(YearMonth::parse)
                    .orElseGet(() -> YearMonth.now(surroundings.clock().withZone(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            throw new UsageException("unsupported month \"" + month.orElse("") + "\" (expected: one like 2026-11)");
        }
    }
}
