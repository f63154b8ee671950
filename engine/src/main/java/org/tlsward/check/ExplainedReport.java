/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.ArrayList;
import java.util.List;
import org.tlsward.check.Explained.Way;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.explain.WithheldNotice;
import org.tlsward.policy.Contribution;

/** An explanation section by section. */
final class ExplainedReport {
    private final Explained explained;

    ExplainedReport(Explained explained) {
        this.explained = explained;
    }

    Report report() {
        List<Section> sections = new ArrayList<>();
        sections.add(recipient());
        ExitCode exit = ExitCode.CLEAN;
        for (Way way : explained.ways()) {
            sections.add(rules(way));
            sections.add(prospect(way));
            exit = exit.and(way.prospect().exit());
        }
        if (!explained.inbound().isEmpty()) {
            SectionBuilder gate = new SectionBuilder("What our gate would say to a stranger");
            explained.inbound().forEach(each -> gate.row(each.mark(), each.session(), each.text()));
            sections.add(gate.build());
        }
        return new Report(explained.recipient() + ": why, and what would happen", sections, exit);
    }

    private Section recipient() {
        SectionBuilder section = new SectionBuilder("Recipient");
        explained.classes().forEach(each -> section.row(Mark.INFO, "class", each.className() + ": " + each.because()));
        section.row(
                Mark.INFO,
                "aliases",
                explained
                        .aliases()
                        .map(known -> known.isEmpty() ? "none" : "goes on to " + String.join(", ", known))
                        .orElse("not known here: the server knows them (GET /tlsward/api/explain)"));
        return section.build();
    }

    private Section rules(Way way) {
        SectionBuilder section = new SectionBuilder("Rules for " + way.address());
        for (Contribution rule : way.rules()) {
            String level = rule.level().map(word -> " (" + word.word() + ")").orElse("");
            section.row(
                    Mark.INFO,
                    rule.source().word(),
                    rule.name() + level + ": " + PolicyText.of(rule.required(), rule.observe()));
        }
        way.demand()
                .lowerings()
                .forEach(lowering -> section.row(
                        Mark.WARNING, lowering.kind().word(), lowering.name() + " (" + lowering.reason() + ")"));
        section.row(Mark.INFO, "together", way.required());
        way.publishes().forEach(what -> section.row(Mark.INFO, "published", what));
        return section.build();
    }

    private Section prospect(Way way) {
        SectionBuilder section = new SectionBuilder("What would become of a mail now");
        section.add(new Report.Row(
                way.prospect().mark(),
                "mail",
                way.prospect().sentence(),
                way.prospect().advice(explained.language())));
        way.prospect().observations().forEach(text -> section.row(Mark.WARNING, "observed", text));
        way.prospect().notice(way.address(), explained.language()).ifPresent(notice -> section.add(block(notice)));
        return section.build();
    }

    private static Report.Block block(WithheldNotice notice) {
        List<String> lines = new ArrayList<>();
        lines.add(notice.subject());
        lines.add("");
        lines.addAll(notice.text().lines().toList());
        return new Report.Block("Its sender would get", lines);
    }
}
