/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tlsward.check.Report.Block;
import org.tlsward.check.Report.Item;
import org.tlsward.check.Report.Row;
import org.tlsward.check.Report.Section;

/** A report for programs: the same from the command line and from the server. */
public final class ReportJson {
    private ReportJson() {}

    /** Maps, lists and plain values, in the order in which they are read. */
    public static Map<String, Object> of(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", report.title());
        all.put("result", report.exit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        all.put("exit", report.exit().number());
        all.put("sections", report.sections().stream().map(ReportJson::section).toList());
        return all;
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", section.title());
        all.put("items", section.items().stream().map(ReportJson::item).toList());
        return all;
    }

    private static Map<String, Object> item(Item item) {
        Map<String, Object> one = new LinkedHashMap<>();
        if (item instanceof Row row) {
            one.put("mark", row.mark().word());
            one.put("step", row.step());
            one.put("text", row.text());
            row.advice().ifPresent(advice -> one.put("advice", advice));
        } else if (item instanceof Block block) {
            one.put("block", block.name());
            one.put("lines", List.copyOf(block.lines()));
        }
        return one;
    }
}
