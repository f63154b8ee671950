/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Real files on a disk that fails when told to. */
final class FaultyDisk implements AppendFile.Opener {
    final AtomicInteger syncs = new AtomicInteger();
    volatile boolean openFails;
    volatile boolean appendFails;
    volatile boolean syncFails;
    volatile boolean truncateFails;
    volatile Runnable beforeSync = () -> {};

    @Override
    public AppendFile open(Path path) throws IOException {
        failIf(openFails);
        AppendFile file = DayFile.open(path);
        return new AppendFile() {
            @Override
            public long length() throws IOException {
                return file.length();
            }

            @Override
            public void append(byte[] bytes) throws IOException {
                if (appendFails) {
                    file.append(java.util.Arrays.copyOf(bytes, bytes.length / 2));
                }
                failIf(appendFails);
                file.append(bytes);
            }

            @Override
            public void sync() throws IOException {
                beforeSync.run();
                failIf(syncFails);
                syncs.incrementAndGet();
                file.sync();
            }

            @Override
            public void truncate(long length) throws IOException {
                failIf(truncateFails);
                file.truncate(length);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    private static void failIf(boolean fails) throws IOException {
        if (fails) {
            throw new IOException("No space left on device");
        }
    }
}
