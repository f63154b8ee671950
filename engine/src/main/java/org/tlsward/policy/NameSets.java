/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The algebra of sets of {@link NamePattern}: a set means every name that one of its patterns means. */
final class NameSets {
    private NameSets() {}

    /** The same names with as few patterns as possible, so that equal meanings are equal sets. */
    static NavigableSet<NamePattern> reduce(NavigableSet<NamePattern> patterns) {
        NavigableSet<NamePattern> reduced = new TreeSet<>();
        for (NamePattern pattern : patterns) {
            boolean covered = patterns.stream().anyMatch(other -> !other.equals(pattern) && other.covers(pattern));
            if (!covered) {
                reduced.add(pattern);
            }
        }
        return reduced;
    }

    /** The names that both mean; absent means any name. */
    static Optional<NavigableSet<NamePattern>> intersect(
            Optional<NavigableSet<NamePattern>> left, Optional<NavigableSet<NamePattern>> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.or(() -> right);
        }
        NavigableSet<NamePattern> both = new TreeSet<>();
        for (NamePattern one : left.get()) {
            for (NamePattern two : right.get()) {
                one.intersect(two).ifPresent(both::add);
            }
        }
        return Optional.of(reduce(both));
    }
}
