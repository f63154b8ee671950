/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.zip.CRC32C;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageWrapper;

/**
 * Takes the bytes of a message: small ones stay in the heap until they are in their row, large ones go straight to a file.
 */
final class MessageWriter extends OutputStream {

    /** Up to here a message goes into its row; a hundred senders at once then need 25 MB of heap at most. */
    static final int LARGE = 256 * 1024;

    private static final int FIRST_BUFFER = 8 * 1024;

    private final Path file;
    private final CRC32C crc = new CRC32C();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int buffered;
    private long size;
    // null while the message is small
    private FileChannel channel;

    private MessageWriter(Path file) {
        this.file = file;
    }

    /**
     * Writes the message down; when this returns, a large one is on the disk.
     *
     * @param file for a large message; it is not made for a small one, and gone again after a failure
     */
    static MessageBytes write(MimeMessage message, Path file) throws IOException, MessagingException {
        MessageWriter writer = new MessageWriter(file);
        try {
            copy(message, writer);
            return writer.finish();
        } catch (IOException | MessagingException | RuntimeException e) {
            writer.abandon(e);
            throw e;
        }
    }

    /** An untouched message is copied as it came: nobody parses it, and a signature over its header stays valid. */
    private static void copy(MimeMessage message, OutputStream out) throws IOException, MessagingException {
        if (message instanceof MimeMessageWrapper wrapper && !wrapper.isModified()) {
            try (InputStream in = wrapper.getMessageInputStream()) {
                in.transferTo(out);
            }
        } else {
            message.writeTo(out);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (channel == null && size > LARGE) {
            spill();
        }
        if (channel == null) {
            if (buffer.length < size) {
                buffer = Arrays.copyOf(buffer, (int) Math.min(LARGE, Math.max(size, buffer.length * 2L)));
            }
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        } else {
            toFile(bytes, offset, length);
        }
    }

    /** From the heap to a file: the message got large. What follows passes through what was the heap's share. */
    private void spill() throws IOException {
        channel = FileChannel.open(
                file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), QueueDirectory.OURS_ALONE);
        drain();
    }

    private void toFile(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - buffered) {
            drain();
        }
        if (length > buffer.length) {
            put(ByteBuffer.wrap(bytes, offset, length));
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    private void drain() throws IOException {
        put(ByteBuffer.wrap(buffer, 0, buffered));
        buffered = 0;
    }

    private void put(ByteBuffer bytes) throws IOException {
        crc.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private MessageBytes finish() throws IOException {
        if (channel == null) {
            return MessageBytes.inRow(Arrays.copyOf(buffer, buffered));
        }
        drain();
        channel.force(true);
        channel.close();
        QueueDirectory.sync(file.getParent());
        return MessageBytes.inFile(size, crc.getValue());
    }

    private void abandon(Exception cause) {
        if (channel != null) {
            try {
                channel.close();
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The next start clears it away.
                cause.addSuppressed(e);
            }
        }
    }
}
