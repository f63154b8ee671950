/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

/**
 * One hop of a mail.
 *
 * @param line what was written about it
 * @param place where the sending side stands
 * @param trusted true if the line is our own; all others are claims of whoever had the mail before
 * @param verdict of this hop alone
 */
public record Hop(ReceivedLine line, Place place, boolean trusted, HopVerdict verdict) {

    /** A label, never an excuse: cleartext inside of a network is cleartext. */
    public enum Place {
        /** Another machine. */
        EXTERNAL,
        /** A network of {@code <networks internal="...">}. */
        INTERNAL,
        /** The same machine, through its network. */
        LOOPBACK,
        /** The line names no sender. */
        HAND_OVER,
        /** The line names a sender without an address. */
        UNKNOWN
    }
}
