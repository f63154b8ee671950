/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Values by {@link DomainMatch}. A look-up costs one hash access a label, however many values there are. */
final class DomainIndex<T> {
    private final Map<DomainMatch, T> values = new HashMap<>();

    DomainIndex(Collection<T> all, Function<T, DomainMatch> match) {
        for (T value : all) {
            if (values.put(match.apply(value), value) != null) {
                throw new IllegalArgumentException(
                        "match \"" + match.apply(value) + "\" is there twice (expected: once each)");
            }
        }
    }

    /** The first that is acceptable: exact, then the nearest parent, then {@code *}. No domain name: only {@code *}. */
    Optional<T> find(String domain, Predicate<T> acceptable) {
        Optional<String> name = DomainName.canonicalOrEmpty(domain);
        Optional<T> found = name.flatMap(exact -> get(new DomainMatch.Exact(exact), acceptable));
        Optional<String> parent = name.flatMap(DomainName::parent);
        while (found.isEmpty() && parent.isPresent()) {
            found = get(new DomainMatch.Below(parent.get()), acceptable);
            parent = DomainName.parent(parent.get());
        }
        return found.or(() -> get(new DomainMatch.Any(), acceptable));
    }

    private Optional<T> get(DomainMatch key, Predicate<T> acceptable) {
        return Optional.ofNullable(values.get(key)).filter(acceptable);
    }
}
