/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.List;

/** Answers which classes an address belongs to. Thread-safe; an answer never waits for a network or a disk. */
public interface RecipientClasses {

    /** The classes of {@code mailbox}. Never throws: what cannot be found out is {@link Membership.Unknown}. */
    Membership classesOf(MailboxName mailbox);

    /** The same for people: each entry that makes it so, and each source that could not answer. */
    List<ClassGround> groundsOf(MailboxName mailbox);
}
