/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tlsward.config.DestinationLine;
import org.tlsward.policy.DomainMatch;

/**
 * What counts for entries that have no rule: the nearest parent that has one. A rule only raises what a mail requires, so a parent does
 * no harm, but for {@code none}: that does not even try TLS, and no rule at all does.
 *
 * @param entries of the table
 */
record Parents(List<EntryImport> entries) {

    /** Takes back what is too weak for an entry below it, and says of the others what counts for them. */
    void settle() {
        for (EntryImport entry : entries) {
            while (!entry.isWithoutTls()
                    && nearest(entry).filter(EntryImport::isWithoutTls).isPresent()) {
                nearest(entry).orElseThrow().giveUp(entry);
            }
        }
        for (EntryImport entry : entries) {
            nearest(entry).flatMap(EntryImport::written).ifPresent(entry::fallsTo);
        }
    }

    private Optional<EntryImport> nearest(EntryImport child) {
        return child.unwritten().flatMap(domains -> entries.stream()
                .filter(parent -> parent.written()
                        .map(DestinationLine::match)
                        .filter(match -> covers(match, domains))
                        .isPresent())
                .max(Comparator.comparingInt(parent -> parent.written()
                        .map(line -> line.match().toString().length())
                        .orElse(0))));
    }

    private static boolean covers(DomainMatch parent, DomainMatch child) {
        return parent instanceof DomainMatch.Below && child.toString().endsWith(parent.toString());
    }
}
