/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import javax.mail.util.SharedByteArrayInputStream;
import org.apache.james.lifecycle.api.Disposable;
import org.apache.james.server.core.MimeMessageSource;

/**
 * The message of a mail in the queue, read when somebody asks. Whoever has it keeps the bytes on the disk: until
 * {@link #dispose()}, or until it was forgotten and is collected.
 */
final class StoredMessage implements MimeMessageSource, Disposable {

    private static final Cleaner CLEANER = Cleaner.create();

    private final MailStore store;
    private final QueuedMail mail;
    private final MailReader.Head head;
    private final AtomicBoolean damaged = new AtomicBoolean();
    private final Cleaner.Cleanable release;

    /** The mail must have been {@linkplain QueuedMail#open() opened}. */
    StoredMessage(MailStore store, QueuedMail mail, MailReader.Head head) {
        this.store = store;
        this.mail = mail;
        this.head = head;
        this.release = CLEANER.register(this, () -> store.release(mail));
    }

    /** Whether somebody read it and found that it is not what was written. */
    boolean damaged() {
        return damaged.get();
    }

    @Override
    public String getSourceId() {
        return "queue-" + mail.id();
    }

    @Override
    public long getMessageSize() {
        return head.size();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        try {
            return switch (head.place()) {
                case NOWHERE -> new ByteArrayInputStream(new byte[0]);
                case ROW -> fromRow();
                case FILE -> new BufferedInputStream(new Verified(Files.newInputStream(store.file(mail))));
            };
        } catch (DamagedMailException | java.nio.file.NoSuchFileException e) {
            damaged.set(true);
            throw e;
        }
    }

    @Override
    public void dispose() {
        release.clean();
    }

    /** Shared, so that a parser takes parts of it without a copy. */
    private InputStream fromRow() throws IOException {
        byte[] bytes = store.reader()
                .message(mail.id())
                .orElseThrow(() -> new DamagedMailException("the message of mail " + mail.id() + " is gone"));
        if (bytes.length != head.size() || Checksum.of(bytes) != head.crc()) {
            throw new DamagedMailException("the message of mail " + mail.id() + " is not what was written");
        }
        return new SharedByteArrayInputStream(bytes);
    }

    /** Complains at the end of the file if it was not what was written; before that nobody has the whole message. */
    private final class Verified extends FilterInputStream {

        private long count;

        Verified(InputStream file) {
            super(new CheckedInputStream(file, new CRC32C()));
        }

        @Override
        public int read() throws IOException {
            return counted(in.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            return counted(read, read);
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = in.skip(n);
            count += skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private int counted(int result, int length) throws IOException {
            if (result >= 0) {
                count += length;
            } else if (count != head.size()
                    || ((CheckedInputStream) in).getChecksum().getValue() != head.crc()) {
                damaged.set(true);
                throw new DamagedMailException("the message of mail " + mail.id() + " is not what was written");
            }
            return result;
        }
    }
}
