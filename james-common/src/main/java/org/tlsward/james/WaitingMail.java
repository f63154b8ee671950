/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One mail that waits to go out, for people who look.
 *
 * @param name in the queue; it changes with every attempt
 * @param queue where it waits
 * @param sender empty for the null sender
 * @param recipients those that are still to be delivered to
 * @param destinations their domains
 * @param required what the last attempt found to be required, as {@link org.tlsward.policy.RequirementText}
 * @param classes the names of the classes that have a say
 * @param tries how many attempts have failed
 * @param nextAttempt when it is due; empty if it is due now or under way
 * @param lastOutcome what the last attempt brought, one sentence; empty before the first one
 */
public record WaitingMail(
        String name,
        String queue,
        Optional<String> sender,
        List<String> recipients,
        List<String> destinations,
        String required,
        List<String> classes,
        int tries,
        Optional<Instant> nextAttempt,
        String lastOutcome) {

    /** Copies its arguments. */
    public WaitingMail {
        recipients = List.copyOf(recipients);
        destinations = List.copyOf(destinations);
        classes = List.copyOf(classes);
    }

    /** True if one of its recipients is there. */
    public boolean isFor(String destination) {
        return destinations.contains(destination);
    }
}
