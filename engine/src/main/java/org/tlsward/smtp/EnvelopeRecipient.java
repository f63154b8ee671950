/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A recipient and what its sender wants to be told about it (RFC 3461 §4.1, §4.2).
 *
 * @param address as RFC 5321 writes it, quoted where it must be; not ASCII if it is not
 * @param notifyOn empty if the sender did not say
 * @param originalRecipient {@code rfc822;address}, decoded
 */
public record EnvelopeRecipient(String address, Set<Notify> notifyOn, Optional<String> originalRecipient) {

    /** The words of NOTIFY. */
    public enum Notify {
        /** No notice at all; stands alone. */
        NEVER,
        /** Tell of success. */
        SUCCESS,
        /** Tell of failure. */
        FAILURE,
        /** Tell of delay. */
        DELAY
    }

    /** Copies its arguments. */
    public EnvelopeRecipient {
        notifyOn = java.util.Collections.unmodifiableSet(new TreeSet<>(notifyOn));
    }

    /** A recipient without DSN parameters. */
    public static EnvelopeRecipient of(String address) {
        return new EnvelopeRecipient(address, Set.of(), Optional.empty());
    }
}
