/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.time.Instant;
import java.util.Optional;
import org.tlsward.policy.Reason;

/**
 * What somebody, or the server by itself, did with a mail between attempts: a line of the type {@code action}. One for each recipient
 * of the mail, so that a look-up by recipient finds it.
 *
 * @param time when
 * @param deed what was done
 * @param mail with which mail, and for whom
 * @param by the name of the token of who did it; empty if the server did it by itself
 * @param reason for which the mail is withheld, where it is known
 * @param why in the words of who did it; addresses in it are not hidden
 */
public record EvidenceAction(
        Instant time, Deed deed, MailIdentity mail, Optional<String> by, Optional<Reason> reason, Optional<String> why)
        implements EvidenceEntry {

    /** Something that the server does by itself. */
    public static EvidenceAction ofServer(Instant time, Deed deed, MailIdentity mail, Optional<Reason> reason) {
        return new EvidenceAction(time, deed, mail, Optional.empty(), reason, Optional.empty());
    }

    /** Something that the owner of a token does. */
    public static EvidenceAction of(Instant time, Deed deed, MailIdentity mail, String by) {
        return new EvidenceAction(time, deed, mail, Optional.of(by), Optional.empty(), Optional.empty());
    }

    /** The same with the reason for which the mail is withheld. */
    public EvidenceAction because(Optional<Reason> withheld) {
        return new EvidenceAction(time, deed, mail, by, withheld, why);
    }

    /** The same with the words of who did it. */
    public EvidenceAction saying(String words) {
        return new EvidenceAction(time, deed, mail, by, reason, Optional.of(words));
    }

    @Override
    public EvidenceAction with(AddressForm form) {
        return new EvidenceAction(time, deed, mail.with(form), by, reason, why);
    }
}
