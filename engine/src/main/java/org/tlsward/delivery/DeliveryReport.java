/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.List;

/**
 * What became of a shipment.
 *
 * @param recipients in the order of the shipment
 * @param attempts every host that was tried, in order
 */
public record DeliveryReport(List<RecipientOutcome> recipients, List<HostAttempt> attempts) {

    /** Copies its arguments. */
    public DeliveryReport {
        recipients = List.copyOf(recipients);
        attempts = List.copyOf(attempts);
    }

    /**
     * A recipient and its outcome.
     *
     * @param consignee of the shipment
     * @param earlier what other hosts of this delivery said that got something of envelope or message, in order of time
     * @param outcome what became of it
     */
    public record RecipientOutcome(Consignee consignee, List<Outcome.Deferred> earlier, Outcome outcome) {
        /** Copies its arguments. */
        public RecipientOutcome {
            earlier = List.copyOf(earlier);
        }

        /** No other host got anything. */
        public RecipientOutcome(Consignee consignee, Outcome outcome) {
            this(consignee, List.of(), outcome);
        }
    }
}
