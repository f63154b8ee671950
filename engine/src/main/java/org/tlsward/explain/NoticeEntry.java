/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.time.ZonedDateTime;
import java.util.Optional;

/** What a {@link WithheldNotice} tells of one recipient. */
public sealed interface NoticeEntry {

    /** The address that the sender wrote to. */
    String recipient();

    /**
     * The requirement is not met.
     *
     * @param recipient the address that the sender wrote to
     * @param situation why not
     */
    record Unmet(String recipient, Situation situation) implements NoticeEntry {}

    /**
     * The other side answered something else than yes.
     *
     * @param recipient the address that the sender wrote to
     * @param reply what it said
     * @param tryUntil when we give up; empty if we have
     */
    record Refused(String recipient, String reply, Optional<ZonedDateTime> tryUntil) implements NoticeEntry {}

    /**
     * No host was reached.
     *
     * @param recipient the address that the sender wrote to
     * @param seen what happened, in technical words
     * @param tryUntil when we give up; empty if we have
     */
    record Unreached(String recipient, String seen, Optional<ZonedDateTime> tryUntil) implements NoticeEntry {}

    /**
     * The other side has it.
     *
     * @param recipient the address that the sender wrote to
     */
    record Relayed(String recipient) implements NoticeEntry {}
}
