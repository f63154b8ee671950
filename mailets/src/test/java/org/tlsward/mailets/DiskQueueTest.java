/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.queue.DurableMailQueueFactory;

class DiskQueueTest extends OutgoingQueueContract {
    @TempDir
    Path root;

    private DurableMailQueueFactory factory;

    @Override
    OutgoingQueue open() throws Exception {
        FileSystem files = new FileSystem() {
            @Override
            public InputStream getResource(String url) throws java.io.IOException {
                return Files.newInputStream(getFile(url).toPath());
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.replaceFirst("file://", "")).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
        factory = new DurableMailQueueFactory(
                files,
                clock,
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
        return DelayedDeliveryTest.auto(factory.createQueue(MailQueueName.of("outgoing-tlsward")), clock);
    }

    @Override
    void crash() throws Exception {
        factory.close();
    }

    @Override
    boolean survives() {
        return true;
    }
}
