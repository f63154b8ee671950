/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Locale;
import java.util.Optional;

/**
 * One rule that has a say in one delivery: the answer to "by which rule".
 *
 * @param source what kind of rule
 * @param name which one: the name of a class, the match of a destination, the host with the TLSA records
 * @param level the word of the configuration, where there is one
 * @param required what it demands
 * @param observe what is only evaluated and recorded
 */
public record Contribution(
        Source source, String name, Optional<TlsLevel> level, Requirement required, Optional<Requirement> observe) {

    /** The kinds of rules. */
    public enum Source {
        /** The class of the recipient as the mail arrived. */
        RECIPIENT_CLASS(true),
        /** The class of the recipient after aliases and forwards. */
        REWRITTEN_RECIPIENT_CLASS(true),
        /** The class of the sender. */
        SENDER_CLASS(true),
        /** Every class, because nobody knows which one is right. */
        UNKNOWN_CLASS(true),
        /** A {@code RequireTls} mailet, on the mail or in its header. */
        MARK(true),
        /** A {@code <destination>}. */
        DESTINATION(true),
        /** The sender's REQUIRETLS (RFC 8689). */
        REQUIRETLS(false),
        /** An {@code <exception>}. */
        EXCEPTION(true),
        /** An operator's {@link EmergencyStop}. */
        EMERGENCY(false),
        /** The override of a release from quarantine. */
        RELEASE(false),
        /** TLSA records of the host. */
        DANE(false),
        /** The MTA-STS policy of the destination. */
        MTA_STS(false);

        private final boolean replaceable;

        Source(boolean replaceable) {
            this.replaceable = replaceable;
        }

        /** True if an exception or a release replaces it; for our own TLS reports it does not count. */
        boolean isReplaceable() {
            return replaceable;
        }

        /** The word of evidence and explanations, for example {@code recipient-class}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The same rule, only evaluated and recorded. */
    Contribution observedOnly() {
        return new Contribution(source, name, level, Requirement.NOTHING, Optional.of(required));
    }

    static Contribution ofClass(Source source, ClassRule rule) {
        OutboundRule outbound = rule.outbound();
        return new Contribution(
                source, rule.name(), Optional.of(outbound.level()), outbound.required(), outbound.observe());
    }

    static Contribution demanding(Source source, String name, Requirement required) {
        return new Contribution(source, name, Optional.empty(), required, Optional.empty());
    }
}
