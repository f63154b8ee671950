/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.apache.james.queue.api.MailQueue;
import org.junit.jupiter.api.Test;
import org.tlsward.mailets.DeliveryParameters.Delayed;

class DelayedDeliveryTest {
    private final MailQueue unknown = new BrokerQueue("out", 1);

    /** The one for a queue of which it is known that it delays. */
    static OutgoingQueue auto(MailQueue queue, Clock clock) throws Exception {
        assertThat(QueueKind.needsWaitQueues(queue, Delayed.AUTO)).isFalse();
        return new DelayingQueue(queue, clock);
    }

    @Test
    void whatTheAdminSaysShouldCount() throws Exception {
        assertThat(QueueKind.needsWaitQueues(unknown, Delayed.QUEUE)).isFalse();
        assertThat(QueueKind.needsWaitQueues(unknown, Delayed.WAIT_QUEUES)).isTrue();
    }

    @Test
    void aQueueOfAnUnknownKindShouldStopTheStart() {
        assertThatThrownBy(() -> QueueKind.needsWaitQueues(unknown, Delayed.AUTO))
                .hasMessageContaining("unsupported delayedDelivery \"auto\"")
                .hasMessageContaining(BrokerQueue.class.getName())
                .hasMessageContaining("expected: queue, ");
    }
}
