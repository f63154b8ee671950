/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists withheld mail. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List withheld mail, the latest first.")
final class QuarantineListCommand extends ServerDeed {
    @Option(names = "--destination", paramLabel = "DOMAIN", description = "Only mail for this recipient domain.")
    private String destination;

    @Option(names = "--reason", paramLabel = "WORD", description = "Only mail withheld for this reason.")
    private String reason;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100, at most 1000).")
    private int limit = 100;

    QuarantineListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        StringBuilder query = new StringBuilder("/quarantine?limit=" + limit);
        if (destination != null) {
            query.append("&destination=").append(ServerConnection.encoded(destination));
        }
        if (reason != null) {
            query.append("&reason=").append(ServerConnection.encoded(reason));
        }
        JsonNode list = connection.get(query.toString());
        if (isForPrograms()) {
            tell(list, "");
            return ExitCode.CLEAN;
        }
        list.path("mails").forEach(this::print);
        if (list.path("mails").isEmpty()) {
            say("Nothing is withheld.");
        } else if (list.path("more").asBoolean()) {
            say("There is more (see: --limit, --destination).");
        }
        return ExitCode.CLEAN;
    }

    private void print(JsonNode mail) {
        say(mail.path("id").asText());
        say("  " + mail.path("withheldAt").asText("(since an older version)") + "  "
                + mail.path("reason").asText());
        say("  " + sender(mail) + " -> " + recipients(mail));
        say("  " + mail.path("subject").asText());
        if (mail.has("pending")) {
            say("  " + pending(mail.path("pending")));
        }
    }

    static String sender(JsonNode mail) {
        return "<" + mail.path("sender").asText() + ">";
    }

    static String recipients(JsonNode mail) {
        List<String> all = new ArrayList<>();
        mail.path("recipients").forEach(recipient -> all.add("<" + recipient.asText() + ">"));
        int more = mail.path("recipientsTotal").asInt() - all.size();
        return String.join(", ", all) + (more > 0 ? " and " + more + " more" : "");
    }

    static String pending(JsonNode pending) {
        return pending.path("by").asText() + " wants it to travel under \""
                + pending.path("level").asText() + "\" ("
                + pending.path("means").asText() + "), because: "
                + pending.path("why").asText();
    }
}
