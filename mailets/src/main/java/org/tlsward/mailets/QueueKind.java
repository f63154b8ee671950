/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.util.List;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue;
import org.tlsward.mailets.DeliveryParameters.Delayed;

/** What kinds of queue can do. James' API does not tell, so it goes by the packages of their classes. */
final class QueueKind {
    private static final String MEMORY = "org.apache.james.queue.memory.";
    private static final List<String> WITH_DELAYS = List.of(
            MEMORY,
            "org.apache.james.queue.jms.",
            "org.apache.james.queue.activemq.",
            "org.apache.james.queue.pulsar.",
            "org.tlsward.queue.");

    /** {@code RabbitMQMailQueue.enQueue(mail, delay)} says in its log that it ignores the delay. */
    private static final List<String> WITHOUT_DELAYS = List.of("org.apache.james.queue.rabbitmq.");

    private QueueKind() {}

    /**
     * True if mail for that queue needs wait queues.
     *
     * @throws MessagingException if nobody says and the kind is not known: mail without pauses would go round at full speed
     */
    static boolean needsWaitQueues(MailQueue queue, Delayed said) throws MessagingException {
        if (said != Delayed.AUTO) {
            return said == Delayed.WAIT_QUEUES;
        }
        if (isOf(queue, WITHOUT_DELAYS)) {
            return true;
        }
        if (isOf(queue, WITH_DELAYS)) {
            return false;
        }
        throw new MessagingException(
                "mailetcontainer.xml: TlsRemoteDelivery: unsupported delayedDelivery \"auto\" with the queue "
                        + queue.getClass().getName()
                        + " (expected: queue, if it keeps mail back for a delay, or wait-queues, if it does not)");
    }

    /** True if what {@code browse} shows is the queued mail itself and not a copy: to dispose of it would destroy the mail. */
    static boolean showsItsOwn(MailQueue queue) {
        return isOf(queue, List.of(MEMORY));
    }

    private static boolean isOf(MailQueue queue, List<String> packages) {
        return Stream.<Class<?>>iterate(queue.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> packages.stream().anyMatch(type.getName()::startsWith));
    }
}
