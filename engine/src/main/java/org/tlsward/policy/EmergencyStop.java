/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * An operator has stopped mail of a kind: it is not sent until somebody lets it go on, whatever TLS there is. A stop only ever adds; no
 * exception and no release goes past it.
 *
 * @param what of which kind
 * @param name of the class; the domain, as {@link DomainMatch} writes it; empty for all
 * @param why in the words of the operator; senders may read them
 * @param by the name of the operator's token
 * @param since when
 */
public record EmergencyStop(What what, String name, String why, String by, Instant since) {

    /** What a stop is about. */
    public enum What {
        /** Mail to, and outgoing mail from, members of a class. */
        CLASS,
        /** Outgoing mail to a domain. */
        DESTINATION,
        /** All protected mail. */
        ALL;

        /** The word of routes, evidence and command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one with that word. */
        public static Optional<What> of(String word) {
            return Arrays.stream(values())
                    .filter(what -> what.word().equals(word))
                    .findFirst();
        }
    }

    /** The stop as a rule that has a say, for example {@code class medical}. */
    public String rule() {
        return name.isEmpty() ? what.word() : what.word() + " " + name;
    }

    /** Who, since when and why, for people. */
    public String told() {
        return "stopped by " + by + " since " + since + ": " + why;
    }

    /** True for the same mail, whoever stopped it. */
    public boolean isAbout(What otherWhat, String otherName) {
        return what == otherWhat && name.equals(otherName);
    }

    /** True for incoming mail to a recipient of these classes. */
    boolean holdsIncoming(Collection<ClassRule> classes) {
        return switch (what) {
            case CLASS -> classes.stream().anyMatch(rule -> rule.name().equals(name));
            case ALL -> classes.stream().anyMatch(ClassRule::isProtected);
            case DESTINATION -> false;
        };
    }

    /**
     * True for outgoing mail.
     *
     * @param domain of the recipient
     * @param classes of recipient and sender
     * @param required true if any rule demanded something of it, lowered or not
     */
    boolean holdsOutgoing(String domain, Collection<ClassRule> classes, boolean required) {
        return what == What.DESTINATION ? isFor(domain) : holdsIncoming(classes) || (what == What.ALL && required);
    }

    private boolean isFor(String domain) {
        String asWritten = DomainName.canonicalOrEmpty(domain).orElseGet(() -> domain.toLowerCase(Locale.ROOT));
        return name.startsWith(".") ? asWritten.endsWith(name) : asWritten.equals(name);
    }
}
