/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Block;
import org.tlsward.check.Report.SectionBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one withheld mail. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show why a mail is withheld, and its header; never its body.")
final class QuarantineShowCommand extends ServerDeed {
    @Parameters(index = "0", paramLabel = "ID", description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "Of the explanation: de, en (default) or fr.")
    private String language = "en";

    QuarantineShowCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        JsonNode mail = connection.get(path(id) + "?lang=" + ServerConnection.encoded(language));
        if (isForPrograms()) {
            tell(mail, "");
        } else {
            new ReportPrinter(out(), Ansi.OFF).text(report(mail));
        }
        return ExitCode.CLEAN;
    }

    private static Report report(JsonNode mail) {
        SectionBuilder why = new SectionBuilder("Why");
        row(why, "reason", mail.path("reason"));
        row(why, "required", mail.path("required"));
        row(why, "people", mail.path("explanation"));
        row(why, "admins", mail.has("admins") ? mail.path("admins") : mail.path("sentence"));
        SectionBuilder what = new SectionBuilder("Mail");
        what.row(Mark.INFO, "from", QuarantineListCommand.sender(mail));
        what.row(Mark.INFO, "to", QuarantineListCommand.recipients(mail));
        row(what, "withheld", mail.path("withheldAt"));
        row(what, "expires", mail.path("expires"));
        row(what, "octets", mail.path("size"));
        row(what, "repository", mail.path("repository"));
        if (mail.has("pending")) {
            what.row(Mark.WARNING, "override", QuarantineListCommand.pending(mail.path("pending")));
        }
        List<String> header = new ArrayList<>();
        mail.path("headers")
                .forEach(field -> header.add(
                        field.path("name").asText() + ": " + field.path("value").asText()));
        what.add(new Block("header", header));
        return new Report(mail.path("id").asText(), List.of(why.build(), what.build()), ExitCode.CLEAN);
    }

    private static void row(SectionBuilder section, String step, JsonNode value) {
        if (!value.asText().isEmpty()) {
            section.row(Mark.INFO, step, value.asText());
        }
    }
}
