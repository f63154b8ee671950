/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tlsward.config.postfix.PolicyEntry.Attribute;

/** The text that {@code postmap} reads. */
final class PolicyTable {
    private PolicyTable() {}

    /** Its entries, in their order. */
    static List<PolicyEntry> parse(String text) {
        List<PolicyEntry> entries = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        int begun = 0;
        String[] lines = text.split("\r?\n", -1);
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1];
            // A comment ends no entry: what is indented behind it still belongs to the entry before.
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            boolean continued = Character.isWhitespace(line.charAt(0));
            if (!continued) {
                add(entries, begun, logical);
                begun = number;
            }
            begun = begun == 0 ? number : begun;
            logical.append(' ').append(line.strip());
        }
        add(entries, begun, logical);
        return entries;
    }

    private static void add(List<PolicyEntry> entries, int line, StringBuilder logical) {
        String text = logical.toString().strip();
        logical.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        String[] keyAndValue = text.split("\\s+", 2);
        String[] words = (keyAndValue.length < 2 ? "" : keyAndValue[1]).split("[\\s,]+");
        List<Attribute> attributes = new ArrayList<>();
        for (int word = 1; word < words.length; word++) {
            String[] nameAndValue = words[word].split("=", 2);
            attributes.add(new Attribute(
                    nameAndValue[0].toLowerCase(Locale.ROOT), nameAndValue.length < 2 ? "" : nameAndValue[1]));
        }
        entries.add(new PolicyEntry(line, keyAndValue[0], words[0].toLowerCase(Locale.ROOT), attributes));
    }
}
