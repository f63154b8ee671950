/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueFactoryContract;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.ManageableMailQueueFactoryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What James expects of a factory of queues, in James' own words. */
class DurableMailQueueFactoryContractTest
        implements MailQueueFactoryContract<ManageableMailQueue>,
                ManageableMailQueueFactoryContract<ManageableMailQueue> {

    @TempDir
    Path directory;

    private DurableMailQueueFactory factory;

    @BeforeEach
    void open() throws IOException {
        factory = Fixture.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        factory.close();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public MailQueueFactory<ManageableMailQueue> getMailQueueFactory() {
        return (MailQueueFactory) factory;
    }
}
