/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * An operator has stopped something: mail of a kind, the whole server, or (a part of) TLS. It counts until its end or until somebody lets it
 * go on, whatever else there is. A stop only ever adds; no exception and no release goes past it.
 *
 * @param what of which kind
 * @param name of the class; the domain, as {@link DomainMatch} writes it; the version; the pattern of cipher suites; else empty
 * @param why in the words of the operator; senders may read them
 * @param by the name of the operator's token
 * @param since when
 * @param until when it ends by itself; empty for one that somebody has to end
 */
public record EmergencyStop(What what, String name, String why, String by, Instant since, Optional<Instant> until) {

    /** What a stop is about. */
    public enum What {
        /** Mail to, and outgoing mail from, members of a class. */
        CLASS(false),
        /** Outgoing mail to a domain. */
        DESTINATION(false),
        /** All protected mail. */
        ALL(false),
        /** No TLS at all: general mail goes on in cleartext, protected mail waits. */
        NO_TLS(true),
        /** The whole server: nothing is taken and nothing is sent. */
        SERVER(true),
        /** A version of TLS is neither offered nor good enough. */
        REFUSE_VERSION(true),
        /** Cipher suites are neither offered nor good enough. */
        REFUSE_CIPHER(true);

        private final boolean needsEnd;

        What(boolean needsEnd) {
            this.needsEnd = needsEnd;
        }

        /** True for those that concern the server as a whole: whoever begins one says when it ends, for it weakens or blocks everything. */
        public boolean needsEnd() {
            return needsEnd;
        }

        /** The word of routes, evidence and command line, for example {@code no-tls}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The one with that word. */
        public static Optional<What> of(String word) {
            return Arrays.stream(values())
                    .filter(what -> what.word().equals(word))
                    .findFirst();
        }
    }

    /** Refuses one that would never end although its kind has to. */
    public EmergencyStop {
        if (what.needsEnd() && until.isEmpty()) {
            throw new IllegalArgumentException("unsupported " + what.word() + " without an end");
        }
    }

    /** One that somebody has to end. */
    public EmergencyStop(What what, String name, String why, String by, Instant since) {
        this(what, name, why, by, since, Optional.empty());
    }

    /** The same with another end. */
    public EmergencyStop withUntil(Instant end) {
        return new EmergencyStop(what, name, why, by, since, Optional.of(end));
    }

    /** The stop as a rule that has a say, for example {@code class medical}. */
    public String rule() {
        return name.isEmpty() ? what.word() : what.word() + " " + name;
    }

    /** Who, since when, until when and why, for people. */
    public String told() {
        String end = until.map(time -> " until " + time).orElse("");
        String verb =
                switch (what) {
                    case CLASS, DESTINATION, ALL, SERVER -> "stopped";
                    case NO_TLS -> "TLS switched off";
                    case REFUSE_VERSION, REFUSE_CIPHER -> name + " refused";
                };
        return verb + " by " + by + " since " + since + end + ": " + why;
    }

    /** True for the same mail, whoever stopped it. */
    public boolean isAbout(What otherWhat, String otherName) {
        return what == otherWhat && name.equals(otherName);
    }

    /** True for incoming mail to a recipient of these classes. */
    boolean holdsIncoming(Collection<ClassRule> classes) {
        return switch (what) {
            case CLASS -> classes.stream().anyMatch(rule -> rule.name().equals(name));
            case ALL, NO_TLS -> classes.stream().anyMatch(ClassRule::isProtected);
            case SERVER -> true;
            case DESTINATION, REFUSE_VERSION, REFUSE_CIPHER -> false;
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
        return switch (what) {
            case DESTINATION -> isFor(domain);
            case ALL, NO_TLS -> required || holdsIncoming(classes);
            case CLASS, SERVER, REFUSE_VERSION, REFUSE_CIPHER -> holdsIncoming(classes);
        };
    }

    private boolean isFor(String domain) {
        String asWritten = DomainName.canonicalOrEmpty(domain).orElseGet(() -> domain.toLowerCase(Locale.ROOT));
        return name.startsWith(".") ? asWritten.endsWith(name) : asWritten.equals(name);
    }
}
