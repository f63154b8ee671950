/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tlsward.explain.CleanText;

/**
 * A whole table.
 *
 * @param entries in the order of the table
 */
public record PolicyImport(List<ImportedEntry> entries) {
    private static final int LONGEST = 300;

    /** Copies its arguments. */
    public PolicyImport {
        entries = List.copyOf(entries);
    }

    /** Reads the text of a table. Never throws: what cannot be read is an entry with an obstacle. */
    public static PolicyImport of(String table) {
        List<EntryImport> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PolicyEntry entry : PolicyTable.parse(table)) {
            EntryImport read = new EntryImport(entry);
            read.read(seen);
            entries.add(read);
        }
        new Parents(entries).settle();
        return new PolicyImport(entries.stream().map(EntryImport::result).toList());
    }

    /** True if there is a rule for every entry. */
    public boolean isComplete() {
        return entries.stream().allMatch(entry -> entry.destination().isPresent());
    }

    /** The {@code <destinations>} to paste, with a comment for whatever is not there or not the same. */
    public String xml() {
        StringBuilder xml = new StringBuilder("<destinations>\n");
        for (ImportedEntry entry : entries) {
            entry.obstacles().forEach(why -> comment(xml, entry, "NOT carried over: " + why));
            entry.remarks().forEach(what -> comment(xml, entry, what));
            entry.destination()
                    .ifPresent(
                            destination -> xml.append("  ").append(destination).append('\n'));
        }
        return xml.append("</destinations>\n").toString();
    }

    private static void comment(StringBuilder xml, ImportedEntry entry, String text) {
        // No two hyphens stand together in a comment (XML 1.0, section 2.5), and the key is whatever stood in the
        // table. A hyphen at
        // the end has the blank of the closing behind it.
        String harmless = CleanText.of(entry.key() + ": " + text, LONGEST).replaceAll("-(?=-)", "- ");
        xml.append("  <!-- line ")
                .append(entry.line())
                .append(", ")
                .append(harmless)
                .append(" -->\n");
    }
}
