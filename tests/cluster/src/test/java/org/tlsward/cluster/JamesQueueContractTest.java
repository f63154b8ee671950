/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import java.nio.file.Path;
import java.time.Clock;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.ManageableMailQueueContract;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** What James demands of its own queues, of the assembly that the other tests of this module stand on. */
@Tag("long")
class JamesQueueContractTest implements ManageableMailQueueContract {
    private static Broker broker;
    private static RabbitQueues queues;
    private static int number;

    private MailQueue queue;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.start(Path.of("target/brokers"));
        queues = RabbitQueues.open(
                broker.settings("contract"),
                Path.of("target/shared-" + System.nanoTime()),
                new RabbitQueues.Surroundings(
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
                        new RawMailQueueItemDecoratorFactory(),
                        Clock.systemUTC()));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        queues.close();
        broker.close();
    }

    @BeforeEach
    void open() {
        queue = queues.factory()
                .createQueue(MailQueueName.of("contract-" + number++), MailQueueFactory.prefetchCount(3));
    }

    @Override
    public MailQueue getMailQueue() {
        return queue;
    }

    @Override
    public ManageableMailQueue getManageableMailQueue() {
        return (ManageableMailQueue) queue;
    }
}
