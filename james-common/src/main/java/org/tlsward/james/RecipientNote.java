/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.tlsward.explain.Situation;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;

/**
 * What a notice, the quarantine and the operator have to know about one recipient of a mail of which somebody is told.
 *
 * @param recipient the address of the envelope
 * @param originalRecipient ORCPT of the sender (RFC 3461 §4.2), decoded, {@code rfc822;address}
 * @param fate what became of it
 * @param reason why, where the requirement was the obstacle
 * @param status the enhanced status code (RFC 3463)
 * @param required what was required
 * @param rules the rules that demand what is missing
 * @param host the server that decided, with its address
 * @param seen what was seen instead, for people
 * @param reply what a remote server really said
 * @param classes those that had a say; of a note that was read only name and alternatives are known
 * @param retryUntil when a mail that waits is given up
 * @param protection how sensitive the mail is, and what is told of it: what was required, and what something lowered for the delivery
 */
public record RecipientNote(
        String recipient,
        Optional<String> originalRecipient,
        Fate fate,
        Optional<Reason> reason,
        String status,
        Requirement required,
        List<Contribution> rules,
        Optional<String> host,
        String seen,
        Optional<String> reply,
        List<ClassRule> classes,
        Optional<Instant> retryUntil,
        Requirement protection) {

    /** What became of a recipient. */
    public enum Fate {
        /** It waits and is tried again. */
        DELAYED,
        /** It may not travel as it would have to. */
        WITHHELD,
        /** A server refused it, or nobody could be reached for too long. */
        REJECTED,
        /** A server has it, which tells the sender no more. */
        RELAYED
    }

    /** Copies its arguments. */
    public RecipientNote {
        rules = List.copyOf(rules);
        classes = List.copyOf(classes);
        protection = protection.join(required);
    }

    /** Of a recipient for whom nothing was lowered. */
    public RecipientNote(
            String recipient,
            Optional<String> originalRecipient,
            Fate fate,
            Optional<Reason> reason,
            String status,
            Requirement required,
            List<Contribution> rules,
            Optional<String> host,
            String seen,
            Optional<String> reply,
            List<ClassRule> classes,
            Optional<Instant> retryUntil) {
        this(
                recipient,
                originalRecipient,
                fate,
                reason,
                status,
                required,
                rules,
                host,
                seen,
                reply,
                classes,
                retryUntil,
                required);
    }

    /** Of a recipient of whom nothing is known but an error, and what the mail itself says that it needs. */
    public static RecipientNote rejected(String recipient, String error, Requirement marked) {
        return new RecipientNote(
                recipient,
                Optional.empty(),
                Fate.REJECTED,
                Optional.empty(),
                "5.0.0",
                marked,
                List.of(),
                Optional.empty(),
                error,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** What an explanation is made of; empty if the requirement was not the obstacle. */
    public Optional<Situation> situation(Optional<ZonedDateTime> tryUntil) {
        return reason.map(why -> new Situation(
                recipient.substring(recipient.lastIndexOf('@') + 1),
                host,
                why,
                seen,
                required,
                rules,
                classes,
                tryUntil));
    }
}
