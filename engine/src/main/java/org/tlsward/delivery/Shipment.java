/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;
import java.util.Optional;
import org.tlsward.policy.Demand;
import org.tlsward.smtp.Envelope;
import org.tlsward.smtp.Envelope.ReturnContent;
import org.tlsward.smtp.MessageSource;

/**
 * One message for recipients that may share a transaction: one destination, demands of one {@linkplain Demand#group() group}.
 *
 * @param destination where to
 * @param sender empty for the null sender
 * @param consignees at least one
 * @param dsn what the sender said about notices
 * @param message to be read once for each transaction
 */
public record Shipment(
        Destination destination,
        Optional<String> sender,
        List<Consignee> consignees,
        DsnParameters dsn,
        MessageSource message) {

    /**
     * The DSN parameters of MAIL (RFC 3461 §4.3, §4.4).
     *
     * @param returnContent RET
     * @param envelopeId ENVID, decoded
     */
    public record DsnParameters(Optional<ReturnContent> returnContent, Optional<String> envelopeId) {
        /** The sender said nothing. */
        public static final DsnParameters NONE = new DsnParameters(Optional.empty(), Optional.empty());
    }

    /** Refuses recipients that must not share a transaction (RULES: caches, pools and batches). */
    public Shipment {
        consignees = List.copyOf(consignees);
        long groups = consignees.stream()
                .map(each -> each.demand().group())
                .distinct()
                .count();
        if (groups != 1) {
            throw new IllegalArgumentException("recipients of " + groups + " groups (expected: one group)");
        }
    }

    /** What all recipients have in common. */
    public Demand.Group group() {
        return consignees.get(0).demand().group();
    }

    Shipment over(MessageSource.Carriage carriage) {
        return with(message.over(carriage));
    }

    /** The same with another message. */
    public Shipment with(MessageSource other) {
        return new Shipment(destination, sender, consignees, dsn, other);
    }

    Envelope envelope(List<Consignee> some) {
        return new Envelope(
                sender,
                some.stream().map(Consignee::recipient).toList(),
                dsn.returnContent(),
                dsn.envelopeId(),
                group().required().requireTls());
    }
}
