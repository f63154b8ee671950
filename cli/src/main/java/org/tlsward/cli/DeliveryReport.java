/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.attest.DeliveryStatement;
import org.tlsward.attest.DeliveryStatement.Check;
import org.tlsward.attest.MessageBinding;
import org.tlsward.check.ExitCode;
import org.tlsward.check.Mark;
import org.tlsward.check.Report;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.hops.HeaderFields;

/** What servers say in signed headers about the delivery of a mail, and whether they have said it of this one. */
final class DeliveryReport {
    private final byte[] mail;
    private final List<EvidenceKey> keys;

    DeliveryReport(byte[] mail, List<EvidenceKey> keys) {
        this.mail = mail;
        this.keys = keys;
    }

    /** Behind the rows of another report. */
    Report after(Report report) throws IOException {
        List<String> said = HeaderFields.in(new String(mail, StandardCharsets.ISO_8859_1), DeliveryStatement.HEADER);
        MessageBinding binding = MessageBinding.of(new ByteArrayInputStream(mail));
        SectionBuilder section = new SectionBuilder("Signed statements of servers");
        boolean bad = false;
        for (String body : said) {
            Optional<DeliveryStatement> statement = DeliveryStatement.parse(body);
            Check check = statement.map(some -> some.check(binding, keys)).orElse(Check.FORGED);
            bad |= check != Check.VALID;
            row(section, check, statement.map(DeliveryStatement::tags).orElse(Map.of()));
        }
        if (said.isEmpty()) {
            section.row(Mark.UNKNOWN, "none", "there is no " + DeliveryStatement.HEADER);
        }
        List<Section> sections = new ArrayList<>(report.sections());
        sections.add(section.build());
        return new Report(report.title(), sections, bad ? ExitCode.PROBLEMS : report.exit());
    }

    private static void row(SectionBuilder section, Check check, Map<String, String> tags) {
        switch (check) {
            case VALID -> section.row(
                    Mark.OK,
                    "signed",
                    tags.get("by") + " gave this very mail to " + tags.get("mx") + " at " + tags.get("t") + " over "
                            + tags.get("tls") + " (" + tags.get("cipher") + ", " + tags.get("level") + ")");
            case ANOTHER_MAIL -> section.row(
                    Mark.FAIL,
                    "other mail",
                    "signed, but not of this mail as it is here",
                    "the mail was changed on its way, or the header was taken from another one");
            case FORGED -> section.row(
                    Mark.FAIL,
                    "forged",
                    "not signed by any of the keys",
                    "believe nothing of it, or ask the sender for the right key");
        }
    }
}
