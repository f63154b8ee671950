/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueItemDecoratorFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class DurableQueueGuiceModuleTest {

    @TempDir
    Path directory;

    @Test
    void everyWayToAskForAFactoryShouldLeadToTheSameOne() throws Exception {
        Injector injector = Guice.createInjector(new DurableQueueGuiceModule(), new WhatJamesBinds());
        try (DurableMailQueueFactory factory = injector.getInstance(DurableMailQueueFactory.class)) {
            assertThat(injector.getInstance(Key.get(new TypeLiteral<MailQueueFactory<?>>() {})))
                    .isSameAs(factory);
            assertThat(injector.getInstance(Key.get(new TypeLiteral<MailQueueFactory<? extends MailQueue>>() {})))
                    .isSameAs(factory);
            assertThat(injector.getInstance(
                            Key.get(new TypeLiteral<MailQueueFactory<? extends ManageableMailQueue>>() {})))
                    .isSameAs(factory);
            assertThat(directory.resolve("var/queue/mails.db")).exists();
        }
    }

    @Test
    void healthShouldTellOfMailsSetAside() throws Exception {
        Injector injector = Guice.createInjector(new DurableQueueGuiceModule(), new WhatJamesBinds());
        HealthCheck health = injector.getInstance(Key.get(new TypeLiteral<Set<HealthCheck>>() {}))
                .iterator()
                .next();
        try (DurableMailQueueFactory factory = injector.getInstance(DurableMailQueueFactory.class)) {
            assertThat(check(health).isHealthy()).isTrue();
            DurableMailQueue queue = factory.createQueue(Fixture.SPOOL);
            queue.enQueue(Fixture.mail("poison"));
            Fixture.next(queue).done(CompletionStatus.REJECT);

            assertThat(check(health).isDegraded()).isTrue();
            assertThat(check(health).getCause().orElseThrow()).startsWith("1 mails that were not delivered");
        }
    }

    private static Result check(HealthCheck health) {
        return Mono.from(health.check()).block(Duration.ofSeconds(20));
    }

    private final class WhatJamesBinds extends AbstractModule {
        @Override
        protected void configure() {
            bind(Clock.class).toInstance(Clock.systemUTC());
            bind(MailQueueItemDecoratorFactory.class).to(RawMailQueueItemDecoratorFactory.class);
            bind(MetricFactory.class).to(RecordingMetricFactory.class);
            bind(GaugeRegistry.class).to(NoopGaugeRegistry.class);
            bind(FileSystem.class).toInstance(new FileSystem() {
                @Override
                public InputStream getResource(String url) {
                    throw new UnsupportedOperationException(url);
                }

                @Override
                public File getFile(String url) {
                    return directory.resolve(url.replace("file://", "")).toFile();
                }

                @Override
                public File getBasedir() {
                    return directory.toFile();
                }
            });
        }
    }
}
