/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.MemberSpec;
import org.tlsward.delivery.AskInCleartext;
import org.tlsward.delivery.AskInCleartext.Answer;
import org.tlsward.delivery.AskInCleartext.Verdict;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.smtp.RecipientQuestion;

/** Whether our own server takes mail without TLS for an address of each class. */
final class OwnCleartext {
    private final CheckContext context;
    private final String domain;

    OwnCleartext(CheckContext context, String domain) {
        this.context = context;
        this.domain = domain;
    }

    Section section() throws IOException {
        SectionBuilder section = new SectionBuilder("Without TLS (these addresses went over the line in cleartext)");
        for (ClassRule rule : context.configuration().rules().values()) {
            Optional<String> address = address(rule.name());
            if (address.isPresent()) {
                ask(section, rule, address.get());
            } else {
                section.row(
                        Mark.NOT_APPLICABLE,
                        rule.name(),
                        "no address of the class in " + domain + " is named; ask with --cleartext ADDRESS");
            }
        }
        return section.build();
    }

    /** An address that the configuration names, in the domain; for everybody else the one that every domain has. */
    private Optional<String> address(String className) throws IOException {
        if (className.equals(context.configuration().defaultClass())) {
            return Optional.of("postmaster@" + domain);
        }
        for (ClassMembers members : context.configuration().members()) {
            if (members.className().equals(className)) {
                for (MemberSpec spec : members.specs()) {
                    Optional<String> found =
                            addresses(spec).filter(this::isUsable).findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Stream<String> addresses(MemberSpec spec) throws IOException {
        if (spec instanceof MemberSpec.Address address) {
            return Stream.of(address.text());
        }
        if (spec instanceof MemberSpec.File file) {
            List<String> lines = Files.readAllLines(file.path(), StandardCharsets.UTF_8);
            return lines.stream().map(line -> line.replaceFirst("#.*", "").strip());
        }
        return Stream.empty();
    }

    private boolean isUsable(String text) {
        return text.toLowerCase(Locale.ROOT).endsWith("@" + domain)
                && !text.startsWith("@")
                && text.indexOf('*') < 0
                && text.indexOf('?') < 0
                && RecipientQuestion.isAddress(text);
    }

    private void ask(SectionBuilder section, ClassRule rule, String address) throws IOException {
        context.progress("asking in cleartext for " + address);
        AskInCleartext question = new AskInCleartext(
                context.outbound().lookup(), context.outbound().connection(), context.port());
        boolean demanding = rule.inbound().minimum() != InboundMinimum.NONE;
        for (Answer answer : question.ask(context.destination(domain), address)) {
            String text = address + ": " + answer.said();
            if (answer.verdict() == Verdict.ACCEPTED && demanding) {
                section.row(
                        Mark.FAIL,
                        rule.name(),
                        text + "; it is accepted WITHOUT TLS",
                        "is the gate in smtpserver.xml (TlsWardHandlers), and is this session not exempt?");
            } else if (answer.verdict() == Verdict.ACCEPTED) {
                section.row(Mark.OK, rule.name(), text + "; the class demands nothing");
            } else if (answer.verdict() == Verdict.REFUSED_FOR_TLS) {
                section.row(Mark.OK, rule.name(), text);
            } else {
                section.row(Mark.UNKNOWN, rule.name(), text);
            }
        }
    }
}
