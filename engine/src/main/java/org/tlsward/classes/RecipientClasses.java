/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

/** Answers which classes an address belongs to. Thread-safe; an answer never waits for a network or a disk. */
public interface RecipientClasses {

    /** The classes of {@code mailbox}. Never throws: what cannot be found out is {@link Membership.Unknown}. */
    Membership classesOf(MailboxName mailbox);
}
