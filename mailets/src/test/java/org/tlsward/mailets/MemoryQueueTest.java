/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;

class MemoryQueueTest extends OutgoingQueueContract {
    private MailQueue opened;

    @Override
    OutgoingQueue open() throws Exception {
        opened = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory(), clock)
                .createQueue(MailQueueName.of("outgoing-tlsward"));
        return DelayedDeliveryTest.auto(opened, clock);
    }

    @Override
    void crash() throws Exception {
        opened.close();
    }

    @Override
    boolean survives() {
        return false;
    }
}
