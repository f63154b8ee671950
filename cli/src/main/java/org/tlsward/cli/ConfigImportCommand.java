/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tlsward.config.postfix.ImportedEntry;
import org.tlsward.config.postfix.PolicyImport;
import org.tlsward.explain.CleanText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Moves the rules of a Postfix. */
@Command(
        name = "import-postfix",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Read a table of Postfix for smtp_tls_policy_maps (the text, not the index that postmap makes of it) and print"
                    + " <destinations> for tlsward.xml.",
            "No rule is weaker than its entry. What cannot be carried over is named with its line, on standard error and as a"
                    + " comment."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  there is a rule for every entry",
            "   1  there is not: read what is said of it before you use the rest",
            "  64  bad usage"
        })
final class ConfigImportCommand implements Callable<Integer> {
    /** Far more than ten thousand entries. */
    private static final int LONGEST = 16 << 20;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The table, or - for standard input.")
    private String file;

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    ConfigImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        PolicyImport imported = PolicyImport.of(text());
        if (json) {
            new ReportPrinter(spec.commandLine().getOut(), Ansi.OFF)
                    .json(Map.of(
                            "destinations", imported.xml(),
                            "lines",
                                    imported.entries().stream()
                                            .map(ConfigImportCommand::json)
                                            .toList()));
        } else {
            spec.commandLine().getOut().print(imported.xml());
            spec.commandLine().getOut().flush();
            imported.entries().forEach(this::tell);
        }
        return (imported.isComplete() ? ExitCode.CLEAN : ExitCode.PROBLEMS).number();
    }

    private void tell(ImportedEntry entry) {
        entry.obstacles().forEach(why -> tell(entry, "NOT carried over: " + why));
        entry.remarks().forEach(what -> tell(entry, what));
    }

    private void tell(ImportedEntry entry, String text) {
        spec.commandLine()
                .getErr()
                .println(CleanText.of("line " + entry.line() + ", " + entry.key() + ": " + text, 500));
    }

    private static Map<String, Object> json(ImportedEntry entry) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", entry.line());
        members.put("key", CleanText.of(entry.key(), 300));
        members.put("carriedOver", entry.destination().isPresent());
        entry.destination().ifPresent(xml -> members.put("destination", xml));
        members.put(
                "obstacles",
                entry.obstacles().stream().map(each -> CleanText.of(each, 500)).toList());
        members.put(
                "remarks",
                entry.remarks().stream().map(each -> CleanText.of(each, 500)).toList());
        return members;
    }

    private String text() throws IOException {
        if (file.equals("-")) {
            return text(surroundings.input());
        }
        Path path = surroundings.directory().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new UsageException("unsupported file \"" + file + "\" (expected: a table of Postfix, or -)");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return text(in);
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new UsageException("the table is larger than 16 MB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
