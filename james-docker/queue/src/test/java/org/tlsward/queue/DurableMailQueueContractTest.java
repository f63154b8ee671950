/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.james.queue.api.DelayedManageableMailQueueContract;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueMetricContract;
import org.apache.james.queue.api.MailQueueMetricExtension;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What James expects of a queue, in James' own words. */
class DurableMailQueueContractTest implements DelayedManageableMailQueueContract, MailQueueMetricContract {

    @TempDir
    Path directory;

    private DurableMailQueueFactory factory;
    private DurableMailQueue queue;

    @BeforeEach
    void open(MailQueueMetricExtension.MailQueueMetricTestSystem system) throws IOException {
        factory = new DurableMailQueueFactory(
                directory,
                new DurableMailQueue.Surroundings(
                        Clock.systemUTC(),
                        new RawMailQueueItemDecoratorFactory(),
                        system.getMetricFactory(),
                        system.getSpyGaugeRegistry()),
                Duration.ZERO);
        queue = factory.createQueue(MailQueueName.of("test"));
    }

    @AfterEach
    void close() throws IOException {
        factory.close();
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return queue;
    }
}
