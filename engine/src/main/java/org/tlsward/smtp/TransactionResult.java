/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.List;
import java.util.Optional;

/**
 * What became of a transaction.
 *
 * @param recipients in the order of the envelope
 * @param failure if the connection failed; it must then be closed
 * @param dsnPassedOn true if the server knows DSN and got the sender's parameters: notices of success are its business then
 * @param bytes of envelope and message that were sent
 */
public record TransactionResult(
        List<RecipientAnswer> recipients, Optional<Failure> failure, boolean dsnPassedOn, ContentBytes bytes) {

    /** Copies its arguments. */
    public TransactionResult {
        recipients = List.copyOf(recipients);
    }

    /**
     * A recipient and its answer.
     *
     * @param recipient of the envelope
     * @param answer what it got
     */
    public record RecipientAnswer(EnvelopeRecipient recipient, Answer answer) {}

    /** True if nothing was acknowledged and the server cannot have the message: the same can be sent again at once. */
    public boolean isSafeToRepeat() {
        return failure.isPresent()
                && recipients.stream()
                        .noneMatch(each -> each.answer() instanceof Answer.Accepted
                                || (each.answer() instanceof Answer.Unanswered unanswered && unanswered.uncertain()));
    }
}
