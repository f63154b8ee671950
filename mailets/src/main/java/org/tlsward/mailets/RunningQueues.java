/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import javax.mail.MessagingException;

/** Which queues have a runner: two {@link TlsRemoteDelivery} on one queue would deliver with the settings of either. */
@Singleton
class RunningQueues {
    private final Map<String, DeliveryParameters> running = new HashMap<>();

    @Inject
    RunningQueues() {}

    /**
     * Takes a queue.
     *
     * @return false if it has a runner with the same settings
     * @throws MessagingException if it has one with other settings
     */
    synchronized boolean take(DeliveryParameters parameters) throws MessagingException {
        DeliveryParameters present = running.putIfAbsent(parameters.queue(), parameters);
        if (present != null && !present.equals(parameters)) {
            throw new MessagingException("mailetcontainer.xml: TlsRemoteDelivery: two with the queue \""
                    + parameters.queue() + "\" and different settings (expected: one queue for each, in <outgoing>)");
        }
        return present == null;
    }

    synchronized void release(DeliveryParameters parameters) {
        running.remove(parameters.queue());
    }
}
