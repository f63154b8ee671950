/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.policy.DomainName;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.PartnerReport;
import org.tlsward.proof.PartnerSessions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A letter to a postmaster. */
@Command(
        name = "partner",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Print a letter to the postmaster of a partner: what their mail servers lack, and how it is mended. It"
                        + " names hosts and no person.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  printed",
            "   1  nothing is known of that partner",
            "   2  the evidence, or a line of it, cannot be read",
            "  64  bad usage"
        })
final class ReportPartnerCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DOMAIN", description = "The recipient domain.")
    private String domain;

    @Option(names = "--days", paramLabel = "N", description = "Look at the last so many days (default: 30).")
    private int days = 30;

    @Mixin
    private LanguageOption language;

    @Mixin
    private ArchiveOption evidence;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    ReportPartnerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String canonical = DomainName.canonicalOrEmpty(domain)
                .orElseThrow(
                        () -> new UsageException("unsupported domain \"" + domain + "\" (expected: partner.example)"));
        if (days < 1) {
            throw new UsageException("unsupported days \"" + days + "\" (expected: a number from 1 on)");
        }
        Instant now = surroundings.clock().instant();
        Instant from = now.minus(days, ChronoUnit.DAYS);
        PartnerSessions seen = new PartnerSessions(from, Optional.of(canonical));
        EvidenceArchive.Reading reading = EvidenceArchive.read(
                ArchiveOption.files(
                        evidence.archives(surroundings),
                        from,
                        spec.commandLine().getErr()),
                seen);
        print(PartnerReport.of(
                canonical,
                Optional.ofNullable(seen.partners().get(canonical)),
                LocalDate.ofInstant(from, ZoneOffset.UTC),
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                language.language()));
        if (!ArchiveOption.isReadable(reading.unreadable(), spec.commandLine().getErr())) {
            return ExitCode.COULD_NOT_TELL.number();
        }
        return (seen.partners().isEmpty() ? ExitCode.PROBLEMS : ExitCode.CLEAN).number();
    }

    private void print(PartnerReport report) {
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF)
                    .json(Map.of("subject", report.subject(), "text", report.text()));
            return;
        }
        spec.commandLine().getOut().println("Subject: " + report.subject());
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
    }
}
