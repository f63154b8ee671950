/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.tlsward.cluster.Broker;
import org.tlsward.cluster.RabbitQueues;

/** Our wait queues on James' queue on a real RabbitMQ, which ignores delays. */
class RabbitOutgoingQueueTest extends OutgoingQueueContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static Broker broker;

    private String name = "out";
    private RabbitQueues queues;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.start(Path.of("target/brokers"));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    @Override
    void start() throws Exception {
        if (queues == null) {
            name = "out-" + NUMBER.incrementAndGet();
        }
        super.start();
    }

    @Override
    OutgoingQueue open() throws Exception {
        queues = RabbitQueues.open(
                broker.settings(name),
                Path.of("target/shared-" + ProcessHandle.current().pid()),
                new RabbitQueues.Surroundings(
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
                        new RawMailQueueItemDecoratorFactory(),
                        Clock.systemUTC()));
        MailQueue ready = queue(name, 3);
        assertThat(QueueKind.needsWaitQueues(ready, DeliveryParameters.Delayed.AUTO))
                .isTrue();
        SteppedQueue queue = new SteppedQueue(
                name,
                ready,
                each -> queue(each, 1),
                new SteppedQueue.Surroundings(clock, underWay, new InnerErrors(clock)));
        clock.whenMoved(queue::clockChanged);
        return queue;
    }

    private MailQueue queue(String each, int prefetch) {
        return queues.factory().createQueue(MailQueueName.of(each), MailQueueFactory.prefetchCount(prefetch));
    }

    @Override
    void crash() throws Exception {
        queues.close();
    }

    @Override
    boolean survives() {
        return true;
    }
}
