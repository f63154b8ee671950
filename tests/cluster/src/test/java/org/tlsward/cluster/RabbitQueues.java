/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.rabbitmq.client.Connection;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.commons.configuration2.MapConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQConfiguration;
import org.apache.james.backends.rabbitmq.RabbitMQConnectionFactory;
import org.apache.james.backends.rabbitmq.ReactorRabbitMQChannelPool;
import org.apache.james.backends.rabbitmq.ReceiverProvider;
import org.apache.james.backends.rabbitmq.SimpleConnectionPool;
import org.apache.james.blob.api.BlobId;
import org.apache.james.blob.api.BlobStore;
import org.apache.james.blob.api.HashBlobId;
import org.apache.james.blob.mail.MimeMessageStore;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.rabbitmq.RabbitMQMailQueueFactory;
import org.apache.james.queue.rabbitmq.view.RabbitMQMailQueueConfiguration;
import org.apache.james.queue.rabbitmq.view.api.MailQueueView;
import org.apache.james.server.blob.deduplication.BlobStoreFactory;
import reactor.core.publisher.Mono;
import reactor.rabbitmq.RabbitFlux;
import reactor.rabbitmq.ReceiverOptions;
import reactor.rabbitmq.Sender;

/** James' own queues on RabbitMQ, put together as in its distributed app; what that keeps in Cassandra and S3 is in a shared directory. */
public final class RabbitQueues implements AutoCloseable {
    private final Injector injector;

    private RabbitQueues(Injector injector) {
        this.injector = injector;
    }

    /** What James gives to any queue. */
    public record Surroundings(
            MetricFactory metrics, GaugeRegistry gauges, MailQueueItemDecoratorFactory decorators, Clock clock) {}

    /**
     * Opens the queues of a broker.
     *
     * @param settings those of {@code rabbitmq.properties}
     * @param shared the directory that all nodes share
     */
    public static RabbitQueues open(Map<String, String> settings, Path shared, Surroundings around) {
        return new RabbitQueues(Guice.createInjector(new Parts(settings, shared, around)));
    }

    /** What James asks for queues. */
    public RabbitMQMailQueueFactory factory() {
        return injector.getInstance(RabbitMQMailQueueFactory.class);
    }

    @Override
    public void close() {
        injector.getInstance(ReactorRabbitMQChannelPool.class).close();
        injector.getInstance(SimpleConnectionPool.class).close();
    }

    private static final class Parts extends AbstractModule {
        private final RabbitMQConfiguration configuration;
        private final Path shared;
        private final Surroundings around;

        Parts(Map<String, String> settings, Path shared, Surroundings around) {
            this.configuration = RabbitMQConfiguration.from(new MapConfiguration(settings));
            this.shared = shared;
            this.around = around;
        }

        @Override
        protected void configure() {
            bind(MetricFactory.class).toInstance(around.metrics());
            bind(GaugeRegistry.class).toInstance(around.gauges());
            bind(MailQueueItemDecoratorFactory.class).toInstance(around.decorators());
            bind(Clock.class).toInstance(around.clock());
            bind(RabbitMQConfiguration.class).toInstance(configuration);
            bind(RabbitMQMailQueueConfiguration.class)
                    .toInstance(RabbitMQMailQueueConfiguration.builder()
                            .sizeMetricsEnabled(true)
                            .build());
            bind(BlobId.Factory.class).toInstance(new HashBlobId.Factory());
        }

        @Provides
        @Singleton
        SimpleConnectionPool connections() {
            return new SimpleConnectionPool(
                    new RabbitMQConnectionFactory(configuration), SimpleConnectionPool.Configuration.DEFAULT);
        }

        @Provides
        @Singleton
        ReactorRabbitMQChannelPool channels(SimpleConnectionPool pool) {
            ReactorRabbitMQChannelPool channels = new ReactorRabbitMQChannelPool(
                    pool.getResilientConnection(), ReactorRabbitMQChannelPool.Configuration.DEFAULT, around.metrics());
            channels.start();
            return channels;
        }

        @Provides
        @Singleton
        Sender sender(ReactorRabbitMQChannelPool channels) {
            return channels.getSender();
        }

        @Provides
        @Singleton
        ReceiverProvider receivers(SimpleConnectionPool pool) {
            Mono<Connection> connection = pool.getResilientConnection();
            return () -> RabbitFlux.createReceiver(new ReceiverOptions().connectionMono(connection));
        }

        @Provides
        @Singleton
        BlobStore blobs(BlobId.Factory ids) {
            return BlobStoreFactory.builder()
                    .blobStoreDAO(new SharedBlobs(shared.resolve("blobs")))
                    .blobIdFactory(ids)
                    .defaultBucketName()
                    .passthrough();
        }

        @Provides
        @Singleton
        MailQueueView.Factory views(MimeMessageStore.Factory messages) {
            return name ->
                    new SharedQueueView(shared.resolve("queues").resolve(name.asString()), messages.mimeMessageStore());
        }
    }
}
