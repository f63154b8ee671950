/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.policy.Reason;

/**
 * What a notice, the quarantine and the operator have to know about one recipient of a mail that was not delivered.
 *
 * @param recipient the address of the envelope
 * @param originalRecipient ORCPT of the sender (RFC 3461 §4.2), decoded, {@code rfc822;address}
 * @param fate what became of it
 * @param reason why, where the requirement was the obstacle
 * @param status the enhanced status code (RFC 3463)
 * @param required what was required, for people
 * @param rules by which rules, for example {@code recipient-class medical}
 * @param host the server that decided, with its address
 * @param seen what was seen instead, for people
 * @param reply what a remote server really said
 * @param classNames the classes that had a say
 * @param alternatives what people can do instead, by language
 * @param retryUntil when a mail that waits is given up
 */
public record RecipientNote(
        String recipient,
        Optional<String> originalRecipient,
        Fate fate,
        Optional<Reason> reason,
        String status,
        String required,
        List<String> rules,
        Optional<String> host,
        String seen,
        Optional<String> reply,
        List<String> classNames,
        Map<String, String> alternatives,
        Optional<Instant> retryUntil) {

    /** What became of a recipient. */
    public enum Fate {
        /** It waits and is tried again. */
        DELAYED,
        /** It may not travel as it would have to. */
        WITHHELD,
        /** A server refused it, or nobody could be reached for too long. */
        REJECTED
    }

    /** Copies its arguments. */
    public RecipientNote {
        rules = List.copyOf(rules);
        classNames = List.copyOf(classNames);
        alternatives = Map.copyOf(alternatives);
    }
}
