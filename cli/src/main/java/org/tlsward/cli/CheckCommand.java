/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tlsward.check.CheckContext;
import org.tlsward.check.CleartextCheck;
import org.tlsward.check.DomainCheck;
import org.tlsward.check.OwnCheck;
import org.tlsward.check.Report;
import org.tlsward.classes.MailboxName;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.DomainName;
import org.tlsward.smtp.RecipientQuestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a domain as the server would when it delivers a mail there. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Look at a domain, MX by MX, on the same way as a mail that is delivered there, up to the point where it would be sent. Nothing"
                    + " of a mail is sent, with one exception: --cleartext, also as part of --own, sends the addresses that it asks for in cleartext.",
            "Without a configuration the classes of the shipped one count: medical (encrypt) and general (may)."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  clean",
            "   1  a mail would be withheld or come back, or is accepted without TLS",
            "   2  could not tell: not reached, greylisting, a look-up failed",
            "  64  bad usage"
        })
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DOMAIN", arity = "0..1", description = "A recipient domain.")
    private String domain;

    @Option(
            names = "--cleartext",
            paramLabel = "ADDRESS",
            description = "Is mail for this address accepted without TLS? Asks as far as RCPT, in cleartext.")
    private String cleartext;

    @Option(names = "--class", paramLabel = "NAME", description = "A mail of this class only (default: of each).")
    private String className;

    @Option(names = "--from", paramLabel = "ADDRESS", description = "A mail of this sender, whose classes count too.")
    private String from;

    @Mixin
    private OwnOptions own;

    @Mixin
    private CheckOptions options;

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private OutputOption output;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if ((domain == null) == (cleartext == null)) {
            throw new UsageException("say what to check (expected: DOMAIN or --cleartext ADDRESS)");
        }
        if (cleartext != null && !RecipientQuestion.isAddress(cleartext)) {
            throw new UsageException("unsupported address \"" + cleartext + "\" (expected: name@domain in ASCII)");
        }
        if (own.own() && domain == null) {
            throw new UsageException("--own needs a domain (expected: --own DOMAIN)");
        }
        Optional<String> canonical = Optional.ofNullable(domain).map(CheckCommand::canonical);
        try (OpenedCheck opened = OpenedCheck.open(configuration, options, surroundings, Progress.of(spec))) {
            CheckContext context = opened.context();
            Report report = canonical.isPresent()
                    ? domainReport(context, canonical.get())
                    : new CleartextCheck(context).report(cleartext);
            output.print(report, spec);
            return report.exit().number();
        } catch (WardConfigurationException e) {
            throw new UsageException("the configuration cannot be used: "
                    + e.problems().get(0) + " (all problems: tlsward config check)");
        }
    }

    private Report domainReport(CheckContext context, String name) throws IOException {
        if (own.own()) {
            return new OwnCheck(context, name, own.certificate(surroundings), own.next(surroundings)).report();
        }
        Optional<MailboxName> sender = Optional.ofNullable(from).map(address -> MailboxName.tryParse(
                        address, context.configuration().subAddressDelimiters())
                .orElseThrow(
                        () -> new UsageException("unsupported sender \"" + address + "\" (expected: name@domain)")));
        return new DomainCheck(context, name, sender).report(classes(context));
    }

    private Collection<ClassRule> classes(CheckContext context) {
        var rules = context.configuration().rules();
        if (className == null) {
            return rules.values();
        }
        if (!rules.containsKey(className)) {
            throw new UsageException(
                    "unknown class \"" + className + "\" (expected: one of " + String.join(", ", rules.keySet()) + ")");
        }
        return List.of(rules.get(className));
    }

    private static String canonical(String name) {
        try {
            return DomainName.canonical(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
