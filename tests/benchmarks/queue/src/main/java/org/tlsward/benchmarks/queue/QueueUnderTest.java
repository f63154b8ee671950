/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import java.io.Closeable;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQPrefetchPolicy;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.activemq.ActiveMQCacheableMailQueue;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.queue.memory.MemoryMailQueueFactory;
import org.tlsward.queue.DurableMailQueueFactory;

/** A queue and what has to be closed after it. */
record QueueUnderTest(MailQueue queue, Owner owner) implements Closeable {

    private static final MailQueueName NAME = MailQueueName.of("benchmark");

    static QueueUnderTest open(String name, Path directory) throws Exception {
        return switch (name) {
            case "ours" -> ours(directory);
            case "activemq" -> activemq(directory);
            case "memory" -> {
                MailQueue queue = new MemoryMailQueueFactory(new RawMailQueueItemDecoratorFactory()).createQueue(NAME);
                yield new QueueUnderTest(queue, queue::close);
            }
            default -> throw new IllegalArgumentException(
                    "unknown queue \"" + name + "\" (expected: ours, activemq, memory)");
        };
    }

    /** What stops everything. */
    interface Owner {
        void close() throws Exception;
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static QueueUnderTest ours(Path directory) throws Exception {
        DurableMailQueueFactory factory = new DurableMailQueueFactory(
                new OneDirectory(directory),
                Clock.systemUTC(),
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
        return new QueueUnderTest(factory.createQueue(NAME), factory::close);
    }

    /** A broker in this process that syncs every journal write, as durable as ours. */
    private static QueueUnderTest activemq(Path directory) throws Exception {
        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(directory.resolve("kahadb").toFile());
        store.setJournalDiskSyncStrategy("always");
        store.setConcurrentStoreAndDispatchQueues(false);
        BrokerService broker = new BrokerService();
        String brokerName = "b" + UUID.randomUUID();
        broker.setBrokerName(brokerName);
        broker.setUseJmx(false);
        broker.setPersistenceAdapter(store);
        broker.setUseShutdownHook(false);
        broker.setSchedulerSupport(false);
        broker.setPlugins(new BrokerPlugin[] {new StatisticsBrokerPlugin()});
        broker.start();
        ActiveMQConnectionFactory connections = new ActiveMQConnectionFactory("vm://" + brokerName + "?create=false");
        ActiveMQPrefetchPolicy prefetch = new ActiveMQPrefetchPolicy();
        prefetch.setAll(0);
        connections.setPrefetchPolicy(prefetch);
        connections.setTrustAllPackages(false);
        ActiveMQCacheableMailQueue queue = new ActiveMQCacheableMailQueue(
                connections,
                new RawMailQueueItemDecoratorFactory(),
                NAME,
                false,
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
        return new QueueUnderTest(queue, () -> {
            queue.dispose();
            broker.stop();
        });
    }

    /** Wherever James looks, it is there. */
    private record OneDirectory(Path directory) implements FileSystem {
        @Override
        public InputStream getResource(String url) {
            throw new UnsupportedOperationException("no resources: " + url);
        }

        @Override
        public File getFile(String url) {
            return directory.resolve("queue").toFile();
        }

        @Override
        public File getBasedir() {
            return directory.toFile();
        }
    }
}
