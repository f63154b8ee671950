/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.james.core.MailAddress;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.james.AliasLookup.AliasLookupException;
import org.tlsward.policy.ClassRule;

/**
 * The classes of an address of James: its own and, because mail for it goes on to them, those of every address that aliases, groups and
 * forwards lead to.
 */
@Singleton
public class AddressClasses {
    private final Ward ward;
    private final AliasLookup aliases;

    /** Guice calls this. */
    @Inject
    public AddressClasses(Ward ward, AliasLookup aliases) {
        this.ward = ward;
        this.aliases = aliases;
    }

    /**
     * What is known of an address, and the configuration by which it is known.
     *
     * @param snapshot the version of configuration and classes that was asked
     * @param membership the answer
     */
    public record Answer(Snapshot snapshot, Membership membership) {

        /** The rules of the classes that are certain. */
        public Collection<ClassRule> rules() {
            return membership.classes().stream()
                    .map(snapshot.configuration().rules()::get)
                    .toList();
        }

        /** All rules there are: what an address of unknown class may fall under. */
        public Collection<ClassRule> everyRule() {
            return snapshot.configuration().rules().values();
        }

        /**
         * True if the address is in the class, or could be: where the class cannot be found out, a protected class counts as hit and an
         * unprotected one does not, so that a matcher never sends a mail the easier way because a directory is down.
         */
        public boolean isOrMayBe(String className) {
            if (membership.classes().contains(className)) {
                return true;
            }
            ClassRule rule = snapshot.configuration().rules().get(className);
            return membership instanceof Membership.Unknown && rule != null && rule.isProtected();
        }
    }

    /** Its own class only, for a sender. */
    public Answer ofSender(MailAddress sender) {
        Snapshot now = ward.current();
        return new Answer(now, own(now, sender));
    }

    /** Its own class and those of the targets of its aliases, for a recipient. Never throws for what a client can write. */
    public Answer ofRecipient(MailAddress recipient) {
        Snapshot now = ward.current();
        Membership membership = own(now, recipient);
        try {
            for (MailAddress target : aliases.targets(recipient)) {
                membership = membership.join(own(now, target));
            }
        } catch (AliasLookupException e) {
            membership = membership.join(new Membership.Unknown(new TreeSet<>(), e.getMessage()));
        }
        return new Answer(now, membership);
    }

    /** True for the address to which TLS reports go. */
    public boolean isReportAddress(MailAddress recipient) {
        var configuration = ward.current().configuration();
        return MailboxName.tryParse(recipient.asString(), configuration.subAddressDelimiters())
                .filter(configuration.exemptRecipients()::contains)
                .isPresent();
    }

    private static Membership own(Snapshot now, MailAddress address) {
        // What James takes for an address and we do not may belong to anybody.
        return MailboxName.tryParse(address.asString(), now.configuration().subAddressDelimiters())
                .map(now.classes()::classesOf)
                .orElseGet(() -> new Membership.Unknown(new TreeSet<>(), "not an address: " + address.asString()));
    }
}
