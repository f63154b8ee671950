/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.annotation.PreDestroy;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.MailQueueName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of one store. A queue that still has mail from the last run is there from the start, whether anybody asks
 * for it or not.
 */
public final class DurableMailQueueFactory implements MailQueueFactory<DurableMailQueue>, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(DurableMailQueueFactory.class);
    private static final String DIRECTORY = "file://var/queue/";

    /** As long as James' spooler gives its own threads. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final MailStore store;
    private final DurableMailQueue.Surroundings surroundings;
    private final Duration grace;
    private final Map<MailQueueName, DurableMailQueue> queues = new ConcurrentHashMap<>();

    /**
     * Opens the store in {@code var/queue} of the server, and makes it if there is none.
     *
     * @throws IOException if it cannot be read or written, is in use, or was written by a newer version
     */
    @Inject
    public DurableMailQueueFactory(
            FileSystem files,
            Clock clock,
            MailQueueItemDecoratorFactory decorators,
            MetricFactory metrics,
            GaugeRegistry gauges)
            throws IOException {
        this(
                files.getFile(DIRECTORY).toPath(),
                new DurableMailQueue.Surroundings(clock, decorators, metrics, gauges),
                GRACE);
    }

    /**
     * Opens a store, and makes it if there is none.
     *
     * @param grace how long {@link #close()} waits for mails that were handed out
     */
    DurableMailQueueFactory(Path directory, DurableMailQueue.Surroundings surroundings, Duration grace)
            throws IOException {
        this.store = MailStore.open(directory, surroundings.clock());
        this.surroundings = surroundings;
        this.grace = grace;
        Map<String, List<QueuedMail>> found = new TreeMap<>();
        for (MailTable.Row row : store.takeFound()) {
            found.computeIfAbsent(row.queue(), name -> new ArrayList<>())
                    .add(new QueuedMail(row.id(), row.due(), row.messageInFile()));
        }
        found.forEach((name, mails) -> {
            LOGGER.info("queue {}: {} mails from the last run", name, mails.size());
            MailQueueName queueName = MailQueueName.of(name);
            queues.put(queueName, new DurableMailQueue(queueName, store, mails, surroundings));
        });
    }

    @Override
    public Optional<DurableMailQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return Optional.ofNullable(queues.get(name));
    }

    /** The prefetch count plays no part: consumers say what they want. */
    @Override
    public DurableMailQueue createQueue(MailQueueName name, PrefetchCount count) {
        return queues.computeIfAbsent(name, key -> new DurableMailQueue(key, store, List.of(), surroundings));
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return queues.values().stream().map(DurableMailQueue::getName).collect(Collectors.toUnmodifiableSet());
    }

    /** Why no mail can be taken at the moment, if so. */
    Optional<String> failure() throws IOException {
        return store.failure();
    }

    /** How many mails wait in the folders {@code rejected} and {@code damaged} for a human. */
    long countSetAside() throws IOException {
        return store.countRejected() + store.countDamaged();
    }

    /** Hands out nothing more, waits a while for mails under way, writes everything and lets go of the directory. */
    @Override
    @PreDestroy
    public void close() throws IOException {
        queues.values().forEach(queue -> queue.stop(grace));
        store.close();
    }
}
