/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes {@code evidence-head} over itself. It has its full size from the beginning, so that a full disk does not stop it.
 *
 * <p>On a {@link RandomAccessFile}, because a channel is closed for everybody when one thread that uses it is interrupted.
 */
final class HeadFile {
    private final Path path;
    private final SigningKey key;

    HeadFile(Path path, SigningKey key) {
        this.path = path;
        this.key = key;
    }

    /** What {@link #read} has found. */
    sealed interface State {}

    /** There is none. */
    record Missing() implements State {}

    /** It is there, and nobody with the key has written it. */
    record Damaged() implements State {}

    /** It is whole. */
    record Sound(SignedHead head) implements State {}

    static State read(Path path, EvidenceKey key) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Optional<SignedHead> head = SignedHead.decode(in.readNBytes(SignedHead.BYTES + 1), key);
            return head.isPresent() ? new Sound(head.get()) : new Damaged();
        } catch (NoSuchFileException e) {
            return new Missing();
        }
    }

    State read() throws IOException {
        return read(path, key.publicHalf());
    }

    /** Says where the log will end, and comes back when that is on disk. */
    void announce(SignedHead head) throws IOException {
        // O_DSYNC: the size does not change, so one flush of the disk does it.
        write(head, "rwd");
    }

    /** Says where the log ends. After a loss of power the announcement may stand there, which says as much. */
    void settle(SignedHead head) throws IOException {
        write(head, "rw");
    }

    private void write(SignedHead head, String mode) throws IOException {
        if (Files.notExists(path)) {
            Files.createFile(path, EvidenceDirectory.FILE_MODE);
            EvidenceDirectory.syncEntries(path.getParent());
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), mode)) {
            file.write(head.encode(key));
            if (file.length() > SignedHead.BYTES) {
                file.setLength(SignedHead.BYTES);
            }
        }
    }
}
