/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What follows from {@link Facts}. */
public sealed interface Decision {

    /** Join of what our side demands and what the destination publishes, where that counts. */
    Requirement required();

    /** What a stricter rule would have said. Record those of the last decision about an attempt. */
    List<Observation> observations();

    /** How to treat STARTTLS. */
    enum StartTls {
        /** Send it, even if the EHLO does not list it (RULES: middleboxes strip it); nothing of the mail goes out without. */
        REQUIRED,
        /** Send it if it is listed. If it fails, decide again. */
        IF_OFFERED,
        /** Cleartext; after a failed handshake over a new connection. */
        NONE
    }

    /** Whether to try again. */
    enum Persistence {
        /** Later, until the {@link Deadlines} are over. */
        RETRY,
        /** Not: another attempt cannot change it. Final only after every candidate was judged. */
        FINAL
    }

    /**
     * Go on: connect, or send the mail to this peer.
     *
     * @param required what was demanded and, after the handshake, is met
     * @param startTls how to treat STARTTLS
     * @param observations what a stricter rule would have said
     */
    record Proceed(Requirement required, StartTls startTls, List<Observation> observations) implements Decision {}

    /**
     * Not to this host.
     *
     * @param required what was demanded
     * @param unmet every condition that is not met, the most telling first; never empty
     * @param persistence whether to try again
     * @param finalStatus the enhanced status code if it becomes final
     * @param observations what a stricter rule would have said
     */
    record Refuse(
            Requirement required,
            List<Unmet> unmet,
            Persistence persistence,
            String finalStatus,
            List<Observation> observations)
            implements Decision {

        /** The most telling reason. */
        public Reason reason() {
            return unmet.get(0).reason();
        }

        /** The enhanced status code while the mail waits. */
        public String deferredStatus() {
            return reason().deferredStatus();
        }

        /**
         * What several refusals mean together: the first that leaves hope, in the order of preference of the hosts; else the one
         * that came furthest.
         *
         * @param refusals one for each host that was judged
         * @param everyHostJudged false if a host could not be reached: then nothing is final but what no host can change
         */
        public static Optional<Refuse> ofAll(List<Refuse> refusals, boolean everyHostJudged) {
            Optional<Refuse> hope = refusals.stream()
                    .filter(refusal -> refusal.persistence == Persistence.RETRY)
                    .findFirst();
            Optional<Refuse> furthest = refusals.stream().max(Comparator.comparing(Refuse::reason));
            return hope.or(() -> everyHostJudged ? furthest : furthest.map(Refuse::unlessNever));
        }

        private Refuse unlessNever() {
            return reason() == Reason.NEVER_BY_MAIL
                    ? this
                    : new Refuse(required, unmet, Persistence.RETRY, finalStatus, observations);
        }
    }

    /**
     * A condition that is not met.
     *
     * @param reason the stable word
     * @param seen what was seen instead, for people
     * @param by the rules that demand it
     */
    record Unmet(Reason reason, String seen, List<Contribution> by) {}

    /**
     * "Would have been withheld, because."
     *
     * @param by the rule that only observes, that was lowered, or that tests
     * @param reason why
     * @param seen what was seen instead, for people
     */
    record Observation(Contribution by, Reason reason, String seen) {}
}
