/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.jms.JMSException;
import org.apache.activemq.blob.BlobDownloadStrategy;
import org.apache.activemq.blob.BlobTransferPolicy;
import org.apache.activemq.blob.BlobUploadStrategy;
import org.apache.activemq.command.ActiveMQBlobMessage;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.activemq.FileSystemBlobStrategy;

/**
 * Where the broker keeps message bodies: files beside its journal, so that a mail of 50 MB does not go through the heap.
 *
 * <p>James' own policy leaves the file to the operating system; then a power cut can leave a mail in the journal whose
 * body is gone. Here body and directory entry are on the disk before the journal learns of the mail.
 */
final class SyncedBlobTransferPolicy extends BlobTransferPolicy {

    private static final int DIRECTORIES = 10;

    private final FileSystem fileSystem;
    private final String url;
    private final FileSystemBlobStrategy strategy;

    SyncedBlobTransferPolicy(FileSystem fileSystem, String url) {
        this.fileSystem = fileSystem;
        this.url = url;
        setDefaultUploadUrl(url);
        this.strategy = new SyncedStrategy(this, fileSystem);
    }

    @Override
    public BlobTransferPolicy copy() {
        return new SyncedBlobTransferPolicy(fileSystem, url);
    }

    @Override
    protected BlobUploadStrategy createUploadStrategy() {
        return strategy;
    }

    @Override
    protected BlobDownloadStrategy createDownloadStrategy() {
        return strategy;
    }

    private static final class SyncedStrategy extends FileSystemBlobStrategy {

        SyncedStrategy(BlobTransferPolicy policy, FileSystem fileSystem) {
            super(policy, fileSystem, DIRECTORIES);
        }

        @Override
        public URL uploadStream(ActiveMQBlobMessage message, InputStream in) throws JMSException, IOException {
            URL written = super.uploadStream(message, in);
            Path file = Path.of(URI.create(written.toString()));
            sync(file, StandardOpenOption.WRITE);
            sync(file.getParent(), StandardOpenOption.READ);
            return written;
        }

        private static void sync(Path path, StandardOpenOption mode) throws IOException {
            try (FileChannel channel = FileChannel.open(path, mode)) {
                channel.force(true);
            }
        }
    }
}
