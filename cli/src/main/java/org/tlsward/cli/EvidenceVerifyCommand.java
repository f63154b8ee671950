/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.cli.Report.SectionBuilder;
import org.tlsward.evidence.EvidenceVerifier;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for changes of the evidence. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Look for lines of the evidence that were changed, removed, added or moved.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  nothing was changed",
            "   1  something was; each finding names file and line",
            "   2  a file cannot be read",
            "  64  bad usage"
        })
final class EvidenceVerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EvidenceOption evidence;

    @Option(names = "--head", paramLabel = "HASH", description = "The hash of a line that was remembered elsewhere.")
    private Optional<String> head = Optional.empty();

    @Mixin
    private OutputOption output;

    EvidenceVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path directory = evidence.directory(surroundings);
        Report report = report(directory, EvidenceVerifier.verify(directory, head));
        output.print(report, spec);
        return report.exit().number();
    }

    private static Report report(Path directory, Verification verification) {
        SectionBuilder findings = new SectionBuilder("Findings");
        verification
                .findings()
                .forEach(finding -> findings.row(
                        Mark.FAIL,
                        finding.kind().word(),
                        finding.file() + ":" + finding.line() + ": " + finding.message()));
        return new Report(
                directory + ": " + verification.lines() + " lines, the last is " + verification.head(),
                List.of(findings.build()),
                verification.isSound() ? ExitCode.CLEAN : ExitCode.PROBLEMS);
    }
}
