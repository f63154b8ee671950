/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members that one source names. Immutable. */
final class MemberSet {
    private static final String EXPECTED =
            "expected: an address like praxis@klinik.example, a domain like @klinik.example, or a pattern like dr.*@klinik.example";

    /** Addresses, and domains with an {@code @} before them. */
    private final AddressSet addresses;

    /** By {@link AddressPattern#tail}. */
    private final Map<String, List<AddressPattern>> patterns;

    private final int size;

    private MemberSet(AddressSet addresses, Set<AddressPattern> patterns) {
        this.addresses = addresses;
        this.patterns = new HashMap<>();
        for (AddressPattern pattern : patterns) {
            this.patterns
                    .computeIfAbsent(pattern.tail(), tail -> new ArrayList<>(1))
                    .add(pattern);
        }
        this.size = addresses.size() + patterns.size();
    }

    /** How many different entries it has. */
    int size() {
        return size;
    }

    boolean contains(Probe probe) {
        return probe.isIn(addresses) || (!patterns.isEmpty() && matchesPattern(probe));
    }

    /** The entry by which it is a member, for people; of several the most exact. */
    Optional<String> entryOf(Probe probe) {
        if (probe.isIn(addresses)) {
            return Optional.of(
                    probe.isListed(addresses)
                            ? "address " + probe.name()
                            : "domain " + probe.name().domain());
        }
        return pattern(probe).map(pattern -> "pattern " + pattern);
    }

    private boolean matchesPattern(Probe probe) {
        return pattern(probe).isPresent();
    }

    private Optional<AddressPattern> pattern(Probe probe) {
        for (String tail : AddressPattern.tailsOf(probe.name().domain())) {
            for (AddressPattern pattern : patterns.getOrDefault(tail, List.of())) {
                if (pattern.matches(probe)) {
                    return Optional.of(pattern);
                }
            }
        }
        return Optional.empty();
    }

    static String addressKey(MailboxName name) {
        return name.toString();
    }

    /** Collects entries. Every method throws IllegalArgumentException with a message for the one who wrote the entry. */
    static final class Builder {
        private final AddressSet.Builder addresses = new AddressSet.Builder();
        private final Set<AddressPattern> patterns = new LinkedHashSet<>();
        private final String subAddressDelimiters;

        Builder(String subAddressDelimiters) {
            this.subAddressDelimiters = subAddressDelimiters;
        }

        /** An entry of a file: an address, {@code @domain} or a pattern. */
        void addEntry(String entry) {
            if (entry.indexOf('"') < 0 && Glob.hasWildcard(entry)) {
                addPattern(entry);
            } else if (entry.startsWith("@")) {
                addDomain(entry.substring(1));
            } else if (MailboxName.separator(entry) <= 0) {
                throw new IllegalArgumentException("unsupported entry \"" + entry + "\" (" + EXPECTED + ")");
            } else {
                addMailbox(entry);
            }
        }

        /** One address; it may not look like a pattern. */
        void addAddress(String address) {
            if (address.indexOf('"') < 0 && Glob.hasWildcard(address)) {
                throw new IllegalArgumentException("unsupported address \"" + address
                        + "\" (expected: an address without * and ?; a pattern is declared as one)");
            }
            addMailbox(address);
        }

        /** Whatever a directory holds as an address. */
        void addMailbox(String address) {
            addresses.add(
                    addressKey(MailboxName.parse(address, subAddressDelimiters)).getBytes(StandardCharsets.UTF_8));
        }

        void addDomain(String domain) {
            String bare = domain.strip();
            addresses.add(("@" + DomainText.canonical(bare.startsWith("@") ? bare.substring(1) : bare))
                    .getBytes(StandardCharsets.UTF_8));
        }

        void addPattern(String text) {
            AddressPattern pattern = AddressPattern.parse(text.strip(), subAddressDelimiters);
            if (pattern.isWholeDomain()) {
                addDomain(pattern.tail());
            } else {
                patterns.add(pattern);
            }
        }

        MemberSet build() {
            return new MemberSet(addresses.build(), patterns);
        }
    }
}
