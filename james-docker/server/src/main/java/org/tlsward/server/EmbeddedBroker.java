/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.Inject;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import javax.annotation.PreDestroy;
import javax.jms.ConnectionFactory;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.ActiveMQPrefetchPolicy;
import org.apache.activemq.RedeliveryPolicy;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.plugin.StatisticsBrokerPlugin;
import org.apache.activemq.store.SharedFileLocker;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;
import org.apache.activemq.usage.SystemUsage;
import org.apache.james.filesystem.api.FileSystem;

/**
 * The message broker under James' queues, inside this process.
 *
 * <p>James' own {@code EmbeddedActiveMQ} also opens a TCP port on which every account of the machine can read and write
 * mail without a password; this one has no port at all. And it gives up after six deliveries and moves the mail to a
 * queue that nobody reads; this one never does.
 */
final class EmbeddedBroker {

    private static final String STORE = "file://var/store/activemq/brokers/KahaDB";
    private static final String BROKER = "file://var/store/activemq/brokers";
    private static final String BLOBS = "file://var/store/activemq/blob-transfer";
    private static final String NAME = "james";
    private static final int HEAP_PERCENT = 50;
    private static final int DISK_PERCENT = 95;
    private static final long FIRST_REDELIVERY_MILLIS = 1_000;
    private static final long LONGEST_REDELIVERY_MILLIS = 60_000;

    private final BrokerService broker;
    private final ActiveMQConnectionFactory connectionFactory;

    @Inject
    EmbeddedBroker(FileSystem fileSystem) throws Exception {
        broker = broker(directory(fileSystem, BROKER), store(directory(fileSystem, STORE)));
        broker.start();
        connectionFactory = connectionFactory(new SyncedBlobTransferPolicy(fileSystem, BLOBS));
    }

    ConnectionFactory connectionFactory() {
        return connectionFactory;
    }

    @PreDestroy
    void stop() throws Exception {
        broker.stop();
    }

    private static BrokerService broker(File directory, KahaDBPersistenceAdapter store) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName(NAME);
        broker.setBrokerId(NAME);
        broker.setUseJmx(false);
        broker.setPersistent(true);
        broker.setPersistenceAdapter(store);
        broker.setDataDirectoryFile(directory);
        broker.setUseShutdownHook(false);
        broker.setSchedulerSupport(false);
        limit(broker.getSystemUsage());
        // James asks the queue for its size through this plugin.
        broker.setPlugins(new BrokerPlugin[] {new StatisticsBrokerPlugin()});
        broker.setEnableStatistics(true);
        return broker;
    }

    /** A full disk is an answer 451 to the client, not a client that waits for ever. */
    private static void limit(SystemUsage usage) {
        usage.setSendFailIfNoSpace(true);
        usage.getMemoryUsage().setPercentOfJvmHeap(HEAP_PERCENT);
        usage.getStoreUsage().setPercentLimit(DISK_PERCENT);
    }

    private static KahaDBPersistenceAdapter store(File directory) throws IOException {
        KahaDBPersistenceAdapter store = new KahaDBPersistenceAdapter();
        store.setDirectory(directory);
        store.setJournalDiskSyncStrategy("always");
        // A mail is in the journal before anybody gets it: no mail that was handed on but never written.
        store.setConcurrentStoreAndDispatchQueues(false);
        store.setChecksumJournalFiles(true);
        store.setCheckForCorruptJournalFiles(true);
        // A second server on the same directory stops with a message instead of waiting for the first one to end.
        SharedFileLocker lock = new SharedFileLocker();
        lock.setFailIfLocked(true);
        store.setLocker(lock);
        return store;
    }

    private static ActiveMQConnectionFactory connectionFactory(SyncedBlobTransferPolicy blobs) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory("vm://" + NAME + "?create=false");
        factory.setTrustAllPackages(false);
        factory.setBlobTransferPolicy(blobs);
        // One consumer per mail: a prefetched mail would be stuck behind a slow one.
        ActiveMQPrefetchPolicy prefetch = new ActiveMQPrefetchPolicy();
        prefetch.setQueuePrefetch(0);
        prefetch.setTopicPrefetch(0);
        factory.setPrefetchPolicy(prefetch);
        RedeliveryPolicy redelivery = new RedeliveryPolicy();
        redelivery.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        redelivery.setInitialRedeliveryDelay(FIRST_REDELIVERY_MILLIS);
        redelivery.setMaximumRedeliveryDelay(LONGEST_REDELIVERY_MILLIS);
        redelivery.setUseExponentialBackOff(true);
        factory.setRedeliveryPolicy(redelivery);
        return factory;
    }

    private static File directory(FileSystem fileSystem, String url) throws FileNotFoundException {
        return fileSystem.getFile(url);
    }
}
