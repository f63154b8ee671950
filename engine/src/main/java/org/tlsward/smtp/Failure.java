/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.Optional;

/** Why a connection cannot be used, or no longer. All of these are temporary for the mail: another host may do, or another day. */
public sealed interface Failure {

    /** Where it happened. */
    Step step();

    /** One sentence for logs, evidence and DSNs. */
    String explanation();

    /** The reply that was the reason, if a server gave one. */
    default Optional<Reply> reply() {
        return Optional.empty();
    }

    /**
     * No TCP connection.
     *
     * @param explanation what the network said
     */
    record Unreachable(String explanation) implements Failure {
        @Override
        public Step step() {
            return Step.CONNECT;
        }
    }

    /**
     * A time limit ended.
     *
     * @param step at which step
     */
    record TimedOut(Step step) implements Failure {
        @Override
        public String explanation() {
            return "timed out at " + step;
        }
    }

    /**
     * The connection ended.
     *
     * @param step at which step
     * @param detail what the network said
     */
    record Lost(Step step, String detail) implements Failure {
        @Override
        public String explanation() {
            return "connection lost at " + step + ": " + detail;
        }
    }

    /**
     * The peer does not speak SMTP, or too much of it.
     *
     * @param step at which step
     * @param detail what was wrong
     */
    record Violation(Step step, String detail) implements Failure {
        @Override
        public String explanation() {
            return "protocol violation at " + step + ": " + detail;
        }
    }

    /**
     * The server refused to talk to us at all: at the greeting, EHLO, AUTH or RSET.
     *
     * @param step at which step
     * @param answer its reply
     */
    record Refused(Step step, Reply answer) implements Failure {
        @Override
        public String explanation() {
            return "refused at " + step + ": " + answer;
        }

        @Override
        public Optional<Reply> reply() {
            return Optional.of(answer);
        }
    }

    /**
     * No TLS with this host (RULES: always temporary, even where the reply was 5xx, because middleboxes do that).
     *
     * @param kind what went wrong
     * @param detail for people
     * @param answer the reply to STARTTLS, if it was refused
     */
    record TlsFailed(TlsFault kind, String detail, Optional<Reply> answer) implements Failure {
        @Override
        public Step step() {
            return kind == TlsFault.REFUSED ? Step.STARTTLS : Step.HANDSHAKE;
        }

        @Override
        public String explanation() {
            return kind + ": " + detail;
        }

        @Override
        public Optional<Reply> reply() {
            return answer;
        }
    }

    /**
     * The message could not be read from our own store.
     *
     * @param detail what the store said
     */
    record SourceFailed(String detail) implements Failure {
        @Override
        public Step step() {
            return Step.BODY;
        }

        @Override
        public String explanation() {
            return "the message could not be read: " + detail;
        }
    }
}
