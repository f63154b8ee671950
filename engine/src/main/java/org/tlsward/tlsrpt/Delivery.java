/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

/** What became of a report. */
public sealed interface Delivery {

    /** Another has it, or a queue of ours that tries again by itself. */
    record Done() implements Delivery {}

    /**
     * To be tried again.
     *
     * @param why for the log
     */
    record Failed(String why) implements Delivery {}

    /**
     * Not to be tried again.
     *
     * @param why for the log
     */
    record Impossible(String why) implements Delivery {}
}
