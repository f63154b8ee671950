/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Row;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.evidence.EvidenceVerifier;
import org.tlsward.evidence.EvidenceVerifier.Question;
import org.tlsward.evidence.EvidenceVerifier.Verification;
import org.tlsward.evidence.Finding;
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
        description = {
            "Look for lines of the evidence that were changed, removed, added or moved, for a cut end, a missing file and a chain that"
                    + " somebody wrote anew without the key. The server may be running.",
            "Lines and signed head that were set back together are found only with a --head that was kept elsewhere."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  nothing was changed",
            "   1  something was; each finding names file and line",
            "   2  could not tell: a file cannot be read, or there is no key",
            "  64  bad usage"
        })
final class EvidenceVerifyCommand implements Callable<Integer> {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final long LINES_BETWEEN_SIGNS = 250_000;
    private static final long NANOS_TO_WAIT = TimeUnit.MILLISECONDS.toNanos(50);

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private EvidenceOption evidence;

    @Option(
            names = "--head",
            paramLabel = "HASH",
            description = "The hash of a line that has to be there, as it was kept elsewhere.")
    private Optional<String> head = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The public key (default: signing-key.pub.pem in the folder beside the evidence, or as configured). With several folders"
                            + " one for each, in their order.")
    private List<Path> keys = List.of();

    @Mixin
    private OutputOption output;

    EvidenceVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (head.filter(hash -> !HASH.matcher(hash).matches()).isPresent()) {
            throw new UsageException("unsupported head \"" + head.get() + "\" (expected: 64 hexadecimal digits)");
        }
        List<Question> questions = evidence.questions(surroundings, keys, head);
        if (head.isPresent() && questions.size() > 1) {
            throw new UsageException("unsupported head for several folders (expected: one folder with its head)");
        }
        List<Report> reports = new ArrayList<>();
        for (Question question : questions) {
            if (!keys.isEmpty() && !Files.isRegularFile(question.key())) {
                throw new UsageException(
                        "unsupported key \"" + question.key() + "\" (expected: a file with a public key)");
            }
            Verification verification =
                    EvidenceVerifier.verify(question, this::sign, () -> LockSupport.parkNanos(NANOS_TO_WAIT));
            reports.add(report(question, verification));
        }
        Report report = reports.size() == 1 ? reports.get(0) : together(questions, reports);
        output.print(report, spec);
        return report.exit().number();
    }

    /** One verdict: the worst, and "could not tell" is no excuse for what was changed. */
    private static Report together(List<Question> questions, List<Report> reports) {
        ExitCode exit = Stream.of(ExitCode.PROBLEMS, ExitCode.COULD_NOT_TELL)
                .filter(code -> reports.stream().anyMatch(report -> report.exit() == code))
                .findFirst()
                .orElse(ExitCode.CLEAN);
        SectionBuilder logs = new SectionBuilder("Logs");
        reports.forEach(report -> logs.row(
                switch (report.exit()) {
                    case CLEAN -> Mark.OK;
                    case PROBLEMS -> Mark.FAIL;
                    default -> Mark.UNKNOWN;
                },
                "log",
                report.title()));
        List<Section> sections = new ArrayList<>(List.of(logs.build()));
        for (int i = 0; i < reports.size(); i++) {
            String folder = questions.get(i).directory().toString();
            reports.get(i)
                    .sections()
                    .forEach(section -> sections.add(new Section(section.title() + " of " + folder, section.items())));
        }
        return new Report(reports.size() + " logs: " + verdict(exit), sections, exit);
    }

    private static String verdict(ExitCode exit) {
        return switch (exit) {
            case CLEAN -> "nothing was changed";
            case PROBLEMS -> "something was changed";
            default -> "it could not be told whether something was changed";
        };
    }

    /** A sign of life, for a log of millions of lines. */
    private void sign(long lines) {
        if (lines % LINES_BETWEEN_SIGNS == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("verified " + lines + " lines ...");
            err.flush();
        }
    }

    private Report report(Question question, Verification verification) {
        SectionBuilder findings = new SectionBuilder("Findings");
        for (Finding finding : verification.findings()) {
            Mark mark = finding.kind().isNote() ? Mark.WARNING : Mark.FAIL;
            String place = finding.line() > 0 ? finding.file() + ":" + finding.line() : finding.file();
            findings.row(mark, finding.kind().word(), place + ": " + finding.message());
        }
        Section found = findings.build();
        ExitCode exit = exit(verification);
        return new Report(
                question.directory() + ": " + verdict(exit),
                found.items().isEmpty()
                        ? List.of(summary(question, verification))
                        : List.of(summary(question, verification), found),
                exit);
    }

    private Section summary(Question question, Verification verification) {
        SectionBuilder summary = new SectionBuilder("Evidence")
                .row(Mark.OK, "lines", String.valueOf(verification.lines()))
                .row(Mark.OK, "head", verification.head(), "keep it elsewhere: --head finds it again");
        Optional<String> fingerprint = verification.signatures().key();
        if (fingerprint.isPresent()) {
            String found = fingerprint.get() + " in " + question.key();
            // Whoever may write that folder could have put a key of his own there, and signed all anew.
            summary.add(
                    !keys.isEmpty()
                            ? Row.of(Mark.OK, "key", found)
                            : Row.of(
                                    Mark.WARNING,
                                    "key",
                                    found,
                                    "compare it with the one that you keep elsewhere, or name that with --key"));
        } else {
            summary.row(Mark.UNKNOWN, "key", "there is none at " + question.key(), "name it with --key");
        }
        String last = verification
                .signatures()
                .last()
                .map(time -> ", the last at " + time)
                .orElse("");
        return summary.row(Mark.OK, "checkpoints", verification.signatures().checkpoints() + last)
                .build();
    }

    private static ExitCode exit(Verification verification) {
        if (verification.isSound()) {
            return ExitCode.CLEAN;
        }
        boolean onlyNoKey = verification.findings().stream()
                .map(Finding::kind)
                .allMatch(kind -> kind.isNote() || kind == Finding.Kind.NO_KEY);
        return onlyNoKey ? ExitCode.COULD_NOT_TELL : ExitCode.PROBLEMS;
    }
}
