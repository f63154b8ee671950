/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.CheckContext;
import org.tlsward.check.Explain;
import org.tlsward.check.Explained;
import org.tlsward.check.Report;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.explain.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why a mail for a recipient has to travel how, and what would become of it. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tell of one recipient: its classes and why, every rule that counts, what the destination publishes, what would become of a"
                    + " mail now, and the very text that its sender would get.",
            "Connects to the hosts as far as STARTTLS; no mail is sent. Aliases of a running server are not known here.",
            "Emergency stops are: from var/tlsward/emergency-stops beside the configuration, if it may be read; else a line says so."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  it would be delivered, or nobody was asked",
            "   1  it would be withheld or come back",
            "   2  could not tell",
            "  64  bad usage"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RECIPIENT", description = "An address.")
    private String recipient;

    @Option(names = "--from", paramLabel = "SENDER", description = "A mail of this sender, whose classes count too.")
    private String from;

    @Option(
            names = "--lang",
            paramLabel = "LANGUAGE",
            description = "Of the notice to the sender: de, en (default) or fr.")
    private String language = "en";

    @Option(names = "--offline", description = "Ask nobody: neither DNS nor the hosts of the destination.")
    private boolean offline;

    @Mixin
    private CheckOptions options;

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private OutputOption output;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Language chosen = Language.of(language)
                .orElseThrow(() -> new UsageException(
                        "unsupported language \"" + language + "\" (expected: " + Language.codes() + ")"));
        try (OpenedCheck opened = OpenedCheck.open(configuration, options, surroundings, Progress.of(spec))) {
            CheckContext context = opened.context().under(ServerStops.known(configuration, surroundings, spec));
            Explained explained =
                    new Explain(context, Optional.empty(), !offline).of(recipient, Optional.ofNullable(from), chosen);
            Report report = explained.report();
            output.print(report, explained.json(), spec);
            return report.exit().number();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (WardConfigurationException e) {
            throw new UsageException("the configuration cannot be used: "
                    + e.problems().get(0) + " (all problems: tlsward config check)");
        }
    }
}
