/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.rrt.api.RecipientRewriteTable;
import org.apache.james.rrt.api.RecipientRewriteTableException;
import org.apache.james.rrt.lib.Mapping;

/** Where aliases, groups and forwards of James' {@code RecipientRewriteTable} lead to. */
public class AliasLookup {
    private final RecipientRewriteTable table;

    /** Guice calls this. */
    @Inject
    public AliasLookup(RecipientRewriteTable table) {
        this.table = table;
    }

    /** What could not be looked up. */
    public static class AliasLookupException extends Exception {
        private static final long serialVersionUID = 1L;

        AliasLookupException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Every address that mail for {@code recipient} finally goes to; empty if the table has nothing about it.
     *
     * @throws AliasLookupException if the table does not answer, or has a loop
     */
    public Set<MailAddress> targets(MailAddress recipient) throws AliasLookupException {
        Set<MailAddress> targets = new LinkedHashSet<>();
        try {
            table.getResolvedMappings(recipient.getLocalPart(), recipient.getDomain())
                    .asStream()
                    .map(Mapping::asMailAddress)
                    .flatMap(Optional::stream)
                    .forEach(targets::add);
        } catch (RecipientRewriteTable.TooManyMappingException | RecipientRewriteTableException e) {
            throw new AliasLookupException("aliases of " + recipient + " cannot be followed", e);
        } catch (RecipientRewriteTable.ErrorMappingException e) {
            return Set.of(); // an address that James itself refuses
        }
        targets.remove(recipient);
        return targets;
    }
}
