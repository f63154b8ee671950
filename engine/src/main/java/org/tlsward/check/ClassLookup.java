/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.classes.ClassGround;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;
import org.tlsward.classes.RecipientClasses;

/**
 * Which classes an address belongs to and why, its aliases included.
 *
 * @param classes of addresses
 * @param subAddressDelimiters of the configuration
 * @param own what the server knows; empty without one
 */
public record ClassLookup(RecipientClasses classes, String subAddressDelimiters, Optional<OwnRecipients> own) {

    /**
     * The reasons, one for each entry.
     *
     * @throws IllegalArgumentException if it is no address
     * @throws IOException if aliases cannot be followed
     */
    public List<ClassGround> groundsOf(String address) throws IOException {
        List<ClassGround> grounds = new ArrayList<>(classes.groundsOf(mailbox(address)));
        for (String target : targetsOf(address)) {
            for (ClassGround ground : classes.groundsOf(mailbox(target))) {
                String because = "mail for it goes on to " + target + ": " + ground.because();
                grounds.add(new ClassGround(ground.className(), because));
            }
        }
        return grounds;
    }

    Membership membershipOf(String address) throws IOException {
        Membership membership = classes.classesOf(mailbox(address));
        for (String target : targetsOf(address)) {
            membership = membership.join(classes.classesOf(mailbox(target)));
        }
        return membership;
    }

    List<String> targetsOf(String address) throws IOException {
        mailbox(address);
        return own.isPresent() ? own.get().targetsOf(address) : List.of();
    }

    MailboxName mailbox(String address) {
        return MailboxName.tryParse(address, subAddressDelimiters)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported address \"" + address + "\" (expected: name@domain)"));
    }
}
