/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.policy.Deadlines;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Reason;
import org.tlsward.smtp.Reply;

/** What became of one recipient in one delivery. */
public sealed interface Outcome {

    /** With which host, how. Of several hosts: the one that decided. */
    Circumstances circumstances();

    /** The enhanced status code (RFC 3463). */
    String status();

    /** One sentence for people. */
    String explanation();

    /** The reply that a remote server really gave: the only thing that a Diagnostic-Code {@code smtp;} may show. */
    Optional<Reply> reply();

    /**
     * The server has it.
     *
     * @param answer of the server to the message
     * @param dsnPassedOn true if the server got the sender's DSN parameters; else a notice of success is ours ({@code relayed})
     * @param circumstances how
     */
    record Delivered(Reply answer, boolean dsnPassedOn, Circumstances circumstances) implements Outcome {
        @Override
        public String status() {
            return answer.enhancedCode().map(Object::toString).orElse("2.0.0");
        }

        @Override
        public String explanation() {
            return answer.toString();
        }

        @Override
        public Optional<Reply> reply() {
            return Optional.of(answer);
        }
    }

    /**
     * To be tried again; the requirement was not the obstacle.
     *
     * @param status 4.x.x
     * @param explanation for people
     * @param reply of the server, if there was one
     * @param kind for {@link Deadlines#after}
     * @param maybeDelivered true if the server got the whole message and did not answer: a further attempt may make a duplicate
     * @param circumstances how
     */
    record Deferred(
            String status,
            String explanation,
            Optional<Reply> reply,
            Deadlines.Failure kind,
            boolean maybeDelivered,
            Circumstances circumstances)
            implements Outcome {}

    /**
     * Will never be delivered, and the requirement was not the obstacle.
     *
     * @param status 5.x.x
     * @param replyCode what a server said, or would have said
     * @param explanation for people
     * @param reply of the server, if there was one
     * @param circumstances how
     */
    record Rejected(
            String status, int replyCode, String explanation, Optional<Reply> reply, Circumstances circumstances)
            implements Outcome {}

    /**
     * The requirement was not met by any host. To be tried again until the {@link Deadlines} are over, unless {@link #isFinal}; then
     * to be withheld.
     *
     * @param refusal what was required, by which rule, what was seen
     * @param reply of the server to STARTTLS, if it was that
     * @param circumstances of the host that the refusal is about
     */
    record Unmet(Decision.Refuse refusal, Optional<Reply> reply, Circumstances circumstances) implements Outcome {

        /** The most telling reason. */
        public Reason reason() {
            return refusal.reason();
        }

        /** True if no further attempt can change it. */
        public boolean isFinal() {
            return refusal.persistence() == Decision.Persistence.FINAL;
        }

        @Override
        public String status() {
            return isFinal() ? refusal.finalStatus() : refusal.deferredStatus();
        }

        @Override
        public String explanation() {
            return reason().word() + ": " + refusal.unmet().get(0).seen();
        }
    }
}
