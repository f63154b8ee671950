/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.tlsward.check.HopReport;
import org.tlsward.check.Report;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.OwnHosts;
import org.tlsward.hops.ReceivedFields;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.IpNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how a mail came, by its header. */
@Command(
        name = "headers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Read the header of a mail and tell hop by hop, from its sender to us, over which TLS it came.",
            "Whoever had the mail before us may have written every line but our own."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  TLS that is good enough on every hop, as the lines tell",
            "   1  a hop was in cleartext, or its TLS was too old",
            "   2  of a hop nothing is known, or there are no lines",
            "  64  bad usage"
        })
final class HeadersCommand implements Callable<Integer> {
    /** Far more than servers take as a header. */
    private static final int LONGEST = 1 << 20;

    /** Of a whole one, where its body counts. */
    private static final int LONGEST_MAIL = 256 << 20;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A mail or its header (default: -, standard input).")
    private String file = "-";

    @Option(
            names = "--minimum",
            paramLabel = "TLS",
            description = "What each hop should have had: any, TLSv1.2 (default) or TLSv1.3.")
    private String minimum = InboundMinimum.TLS_1_2.word();

    @Option(
            names = "--name",
            paramLabel = "HOST",
            split = ",",
            description = "A name of our own servers, as after \"by\"; its topmost line is trusted. May be repeated.")
    private List<String> names = List.of();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = {
                "A public key (signing-key.pub.pem) of a server: check what it says in",
                "X-TLSWard-Delivery of a whole mail, body included. May be repeated."
            })
    private List<String> keys = List.of();

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private OutputOption output;

    HeadersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        InboundMinimum wanted = InboundMinimum.of(minimum)
                .filter(found -> found != InboundMinimum.NONE)
                .orElseThrow(() -> new UsageException(
                        "unsupported minimum \"" + minimum + "\" (expected: any, TLSv1.2 or TLSv1.3)"));
        OwnHosts own = new OwnHosts(internalNetworks(), Set.copyOf(names));
        byte[] mail = octets();
        String text = new String(mail, 0, Math.min(LONGEST, mail.length), StandardCharsets.UTF_8);
        HopAudit audit = HopAudit.of(ReceivedFields.in(text), own, wanted);
        Report report = withStatements(new HopReport(audit).report(), mail);
        output.print(report, spec);
        return report.exit().number();
    }

    private Report withStatements(Report report, byte[] mail) throws IOException {
        if (keys.isEmpty()) {
            return report;
        }
        List<EvidenceKey> known = new ArrayList<>();
        for (String name : keys) {
            Path path = surroundings.directory().resolve(name);
            if (!Files.isRegularFile(path)) {
                throw new UsageException("unsupported key \"" + name + "\" (expected: a file with a PUBLIC KEY)");
            }
            known.add(EvidenceKey.read(path));
        }
        return new DeliveryReport(mail, known).after(report);
    }

    private List<IpNetwork> internalNetworks() throws IOException {
        if (!configuration.isThere(surroundings)) {
            return List.of();
        }
        try {
            return new WardConfigurationReader(configuration.directories(surroundings))
                    .read(configuration.file(surroundings))
                    .internalNetworks();
        } catch (WardConfigurationException e) {
            throw new UsageException(e.problems().get(0));
        }
    }

    private byte[] octets() throws IOException {
        if (file.equals("-")) {
            return octets(surroundings.input());
        }
        Path path = surroundings.directory().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new UsageException("unsupported file \"" + file + "\" (expected: a file with a mail, or -)");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return octets(in);
        }
    }

    private byte[] octets(InputStream in) throws IOException {
        return in.readNBytes(keys.isEmpty() ? LONGEST : LONGEST_MAIL);
    }
}
