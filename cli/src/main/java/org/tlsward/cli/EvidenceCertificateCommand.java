/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tlsward.check.ExitCode;
import org.tlsward.evidence.AddressForm;
import org.tlsward.explain.CleanText;
import org.tlsward.proof.Certificate;
import org.tlsward.proof.CertificateBasis;
import org.tlsward.proof.MailQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a page about one mail. */
@Command(
        name = "certificate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write a page (HTML, to be printed) about one mail for a recipient or an auditor: what was sent how, what earlier"
                    + " attempts exposed, what proves it and what that does not prove.",
            "Without --recipient it names all recipients."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  written",
            "   1  the evidence has no such mail",
            "   2  a file cannot be read or written, or lines of the evidence cannot be read",
            "  64  bad usage"
        })
final class EvidenceCertificateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MESSAGE-ID", description = "The Message-ID, with or without angle brackets.")
    private String messageId;

    @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Tell about that recipient only.")
    private Optional<String> recipient = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file (default: standard output).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "Read from a date on: 2026-11-22, 7d (default: all).")
    private String since = "1970-01-01";

    @Mixin
    private LanguageOption language;

    @Mixin
    private ArchiveOption evidence;

    @Option(names = "--json", description = "Print the page in JSON, for programs.")
    private boolean json;

    EvidenceCertificateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Instant from = ArchiveOption.since(since, surroundings);
        AddressForm addresses = evidence.addresses(surroundings);
        List<Path> files = ArchiveOption.files(
                evidence.archives(surroundings), from, spec.commandLine().getErr());
        Optional<CertificateBasis> basis =
                CertificateBasis.read(files, new MailQuestion(recipient, Optional.of(messageId), addresses));
        if (basis.isEmpty()) {
            spec.commandLine().getErr().println("The evidence has no mail " + CleanText.of(messageId, 300));
            return ExitCode.PROBLEMS.number();
        }
        write(Certificate.html(
                basis.get(), language.language(), surroundings.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
        if (basis.get().reading().unreadable() > 0) {
            spec.commandLine().getErr().println("Lines cannot be read. Please run \"tlsward evidence verify\"");
            return ExitCode.COULD_NOT_TELL.number();
        }
        return ExitCode.CLEAN.number();
    }

    private void write(String html) throws IOException {
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF).json(Map.of("html", html));
            return;
        }
        if (output.isEmpty()) {
            spec.commandLine().getOut().print(html);
            spec.commandLine().getOut().flush();
            return;
        }
        Path file = surroundings.directory().resolve(output.get());
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                // It has addresses of people.
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(StandardCharsets.UTF_8.encode(html));
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("\"" + file + "\" is there already (expected: a new file)");
        }
    }
}
