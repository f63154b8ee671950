/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Optional;

/** What a transaction meant for one recipient. */
public sealed interface Answer {

    /** The reply that decided, if a server gave one. */
    default Optional<Reply> reply() {
        return Optional.empty();
    }

    /**
     * The server has taken over the responsibility (RFC 5321 §6.1).
     *
     * @param answer to the final dot
     */
    record Accepted(Reply answer) implements Answer {
        @Override
        public Optional<Reply> reply() {
            return Optional.of(answer);
        }
    }

    /**
     * The server refused.
     *
     * @param step which command it refused
     * @param answer its reply
     */
    record Refused(Step step, Reply answer) implements Answer {
        @Override
        public Optional<Reply> reply() {
            return Optional.of(answer);
        }

        /** True if trying again is of no use. */
        public boolean isPermanent() {
            return answer.isPermanent() && !tooManyRecipients();
        }

        /** True if this recipient would have done in a transaction with fewer (RFC 5321 §4.5.3.1.10: 552 counts as 452). */
        public boolean tooManyRecipients() {
            Optional<EnhancedCode> enhanced = answer.enhancedCode();
            boolean said = enhanced.filter(code -> code.subject() == 5 && code.detail() == 3)
                    .isPresent();
            boolean old = enhanced.isEmpty() && (answer.code() == 452 || answer.code() == 552);
            return step == Step.RCPT && (said || old);
        }
    }

    /**
     * Not sent, because this server cannot take this message or address. Permanent.
     *
     * @param code for the DSN
     * @param explanation for people
     */
    record RefusedHere(EnhancedCode code, String explanation) implements Answer {}

    /**
     * The connection failed first.
     *
     * @param failure how
     * @param uncertain true if the whole message was sent: the server may have it, and a second attempt may make a duplicate
     */
    record Unanswered(Failure failure, boolean uncertain) implements Answer {
        @Override
        public Optional<Reply> reply() {
            return failure.reply();
        }
    }
}
