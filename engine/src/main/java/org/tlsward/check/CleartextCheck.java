/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.List;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.delivery.AskInCleartext;
import org.tlsward.delivery.AskInCleartext.Answer;
import org.tlsward.delivery.AskInCleartext.Verdict;
import org.tlsward.smtp.ServerName;

/** {@code tlsward check --cleartext RCPT}: the question of an auditor with {@code nc}. */
public final class CleartextCheck {
    private final CheckContext context;

    /** With these surroundings. */
    public CleartextCheck(CheckContext context) {
        this.context = context;
    }

    /**
     * Asks for this address.
     *
     * @throws IOException if what the configuration names cannot be used
     */
    public Report report(String address) throws IOException {
        SectionBuilder section = new SectionBuilder("Answers (the address went over the line in cleartext)");
        ExitCode exit = ask(address, section);
        String verdict =
                switch (exit) {
                    case CLEAN -> "no host takes mail for it without TLS";
                    case PROBLEMS -> "mail for it is accepted WITHOUT TLS";
                    default -> "could not tell";
                };
        return new Report(address + ": " + verdict, context.withTranscript(List.of(section.build())), exit);
    }

    /** Asks, and adds a row for each host. */
    ExitCode ask(String address, SectionBuilder section) throws IOException {
        context.progress("asking in cleartext for " + address);
        String domain = address.substring(address.lastIndexOf('@') + 1);
        AskInCleartext question = new AskInCleartext(
                context.outbound().lookup(), context.outbound().connection(), context.port());
        ExitCode exit = ExitCode.CLEAN;
        for (Answer answer : question.ask(context.destination(domain), address)) {
            String host = answer.server().map(ServerName::toString).orElse(domain);
            switch (answer.verdict()) {
                case ACCEPTED -> section.row(
                        Mark.FAIL,
                        "accepted",
                        host + " takes mail for " + address + ": " + answer.said(),
                        "if it is sensitive, name the address in a class with <inbound minimum=\"TLSv1.2\"/>");
                case REFUSED_FOR_TLS -> section.row(Mark.OK, "refused", host + ": " + answer.said());
                case REFUSED_OTHERWISE -> section.row(
                        Mark.UNKNOWN, "refused", host + ", but perhaps not for want of TLS: " + answer.said());
                case UNKNOWN -> section.row(Mark.UNKNOWN, "no answer", host + ": " + answer.said());
            }
            exit = exit.and(exit(answer.verdict()));
        }
        return exit;
    }

    private static ExitCode exit(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> ExitCode.PROBLEMS;
            case REFUSED_FOR_TLS -> ExitCode.CLEAN;
            case REFUSED_OTHERWISE, UNKNOWN -> ExitCode.COULD_NOT_TELL;
        };
    }
}
