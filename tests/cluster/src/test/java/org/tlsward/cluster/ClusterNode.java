/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.james.GuiceJamesServer;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.MemoryJamesServerMain;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;

/** A stock James in memory whose queues are on RabbitMQ: {@code conf/rabbitmq.properties} says where, and the directory that is shared. */
public final class ClusterNode {
    private ClusterNode() {}

    /** Starts the node of the working directory. */
    public static void main(String[] args) throws Exception {
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .useWorkingDirectoryEnvProperty()
                .build();
        GuiceJamesServer server = MemoryJamesServerMain.createServer(configuration)
                .overrideWith(new Queues(Path.of(configuration.directories().getConfDirectory())));
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    }

    private static final class Queues extends AbstractModule {
        private final Path conf;

        Queues(Path conf) {
            this.conf = conf;
        }

        @Provides
        @Singleton
        RabbitQueues queues(MetricFactory metrics, GaugeRegistry gauges, MailQueueItemDecoratorFactory decorators)
                throws Exception {
            Properties file = new Properties();
            try (var in = Files.newInputStream(conf.resolve("rabbitmq.properties"))) {
                file.load(in);
            }
            Map<String, String> settings = new HashMap<>();
            file.stringPropertyNames().forEach(name -> settings.put(name, file.getProperty(name)));
            return RabbitQueues.open(
                    settings,
                    Path.of(settings.get("shared.directory")),
                    new RabbitQueues.Surroundings(metrics, gauges, decorators, Clock.systemUTC()));
        }

        @Provides
        @Singleton
        MailQueueFactory<? extends ManageableMailQueue> manageableQueues(RabbitQueues queues) {
            return queues.factory();
        }

        @Provides
        @Singleton
        MailQueueFactory<?> anyQueues(RabbitQueues queues) {
            return queues.factory();
        }

        @Provides
        @Singleton
        MailQueueFactory<? extends MailQueue> plainQueues(RabbitQueues queues) {
            return queues.factory();
        }
    }
}
