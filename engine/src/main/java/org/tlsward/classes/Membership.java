/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.NavigableSet;
import java.util.TreeSet;

/** The answer to "which classes does this address belong to". */
public sealed interface Membership {

    /** Class names that are certain. */
    NavigableSet<String> classes();

    /** Both answers at once, for an address and the target of its alias: certain only if both are. */
    default Membership join(Membership other) {
        NavigableSet<String> both = new TreeSet<>(classes());
        both.addAll(other.classes());
        if (this instanceof Unknown unknown) {
            return new Unknown(both, unknown.reason());
        }
        return other instanceof Unknown unknown ? new Unknown(both, unknown.reason()) : new Known(both);
    }

    /**
     * Every source answered.
     *
     * @param classes at least one: the default class if no other
     */
    record Known(NavigableSet<String> classes) implements Membership {}

    /**
     * A source could not answer and nothing is remembered of it: the address may belong to any class.
     *
     * @param classes those that are certain all the same; may be empty
     * @param reason which source, and why, for the log
     */
    record Unknown(NavigableSet<String> classes, String reason) implements Membership {}
}
