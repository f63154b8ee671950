/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import org.tlsward.check.ExitCode;
import org.tlsward.version.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tlsward}. */
@Command(
        name = "tlsward",
        mixinStandardHelpOptions = true,
        versionProvider = TlsWard.VersionLine.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        description = "Sensitive mail travels over TLS that is good enough, or it does not travel.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  clean",
            "   1  mail would be withheld, or there are problems",
            "   2  could not tell",
            "  64  the command line makes no sense"
        })
public final class TlsWard implements Runnable {
    @Spec
    private CommandSpec spec;

    private TlsWard() {}

    /** What {@code --version} says. */
    static final class VersionLine implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tlsward " + Version.running()};
        }
    }

    @Override
    public void run() {
        String all = String.join(", ", spec.subcommands().keySet());
        throw new UsageException("a command is missing (expected one of: " + all + ")");
    }

    /** Runs a command and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        // What a terminal shows depends on its character set, and files of ours are UTF-8.
        Charset charset = Optional.ofNullable(System.getProperty("stdout.encoding"))
                .map(Charset::forName)
                .orElse(Charset.defaultCharset());
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        System.exit(run(Surroundings.ofProcess(), out, err, args));
    }

    static int run(Surroundings surroundings, PrintWriter out, PrintWriter err, String... args) {
        return commandLine(surroundings, Ansi.AUTO).setOut(out).setErr(err).execute(args);
    }

    /** All commands. */
    static CommandLine commandLine(Surroundings surroundings, Ansi ansi) {
        CommandLine line = new CommandLine(new TlsWard())
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new ExplainCommand(surroundings))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HeadersCommand(surroundings))
                .addSubcommand(new CommandLine(new EvidenceCommand())
                        .addSubcommand(new EvidenceVerifyCommand(surroundings))
                        .addSubcommand(new EvidenceShowCommand(surroundings))
                        .addSubcommand(new EvidenceCertificateCommand(surroundings)))
                .addSubcommand(new SuggestCommand(surroundings))
                .addSubcommand(new CommandLine(new ReportCommand())
                        .addSubcommand(new ReportMonthCommand(surroundings))
                        .addSubcommand(new ReportPartnerCommand(surroundings)))
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigCheckCommand(surroundings))
                        .addSubcommand(new ConfigImportCommand(surroundings)))
                .addSubcommand(new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenAddCommand(surroundings))
                        .addSubcommand(new TokenListCommand(surroundings))
                        .addSubcommand(new TokenRevokeCommand(surroundings)))
                .addSubcommand(withExitCodes(QuarantineCommand.line(surroundings)))
                .addSubcommand(withExitCodes(EmergencyCommand.line(surroundings)));
        return line.setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(80)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setParameterExceptionHandler(TlsWard::badUsage)
                .setExecutionExceptionHandler(TlsWard::failed);
    }

    /** Those that ask a running server end alike, unless they say otherwise. */
    private static CommandLine withExitCodes(CommandLine group) {
        group.getSubcommands().values().stream()
                .map(each -> each.getCommandSpec().usageMessage())
                .filter(usage -> usage.footer().length == 0)
                .forEach(usage -> usage.footerHeading("%nExit codes:%n")
                        .footer(
                                "   0  done",
                                "   1  the server refuses: no such thing, not you, or no sense",
                                "   2  the server cannot be asked, or cannot do it now",
                                "  64  bad usage"));
        return group;
    }

    private static int badUsage(ParameterException e, String[] args) {
        return usage(e.getCommandLine(), e.getMessage());
    }

    private static int usage(CommandLine line, String message) {
        String name = line.getCommandSpec().qualifiedName();
        line.getErr().println(name + ": " + message.lines().findFirst().orElse("") + " (see: " + name + " --help)");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        if (e instanceof UsageException) {
            return usage(line, e.getMessage());
        }
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + what);
        return ExitCode.COULD_NOT_TELL.number();
    }
}
