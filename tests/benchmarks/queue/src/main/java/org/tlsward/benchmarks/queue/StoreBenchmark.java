/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import com.google.common.base.Splitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mails of 4.7 KB (message and envelope) through embedded stores: put in by one and by sixteen threads whose mails share a
 * transaction, read once and deleted. All stores get their group commit from here.
 *
 * <p>Arguments: directory (on the disk in question), mails a run, rounds, names ({@code sqlite,mvstore,rocksdb,log}), threads
 * ({@code 1,16}). The first round warms up and does not count.
 */
public final class StoreBenchmark {

    private static final Splitter LIST = Splitter.on(',');

    private static final int MAIL = 4_700;

    private final StoreUnderTest store;
    private final Object monitor = new Object();
    private final ConcurrentLinkedQueue<Long> deleted = new ConcurrentLinkedQueue<>();
    private Batch gathering = new Batch();

    /** What shares a transaction. The first who brings a mail also writes it. */
    private static final class Batch {
        private final Map<Long, byte[]> added = new HashMap<>();
        private final CountDownLatch written = new CountDownLatch(1);
    }

    private StoreBenchmark(StoreUnderTest store) {
        this.store = store;
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int mails = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        Measured.Table table = new Measured.Table();
        for (int round = 0; round <= rounds; round++) {
            for (String threads : LIST.splitToList(args[4])) {
                for (String name : LIST.splitToList(args[3])) {
                    Path directory = Files.createTempDirectory(Path.of(args[0]), name);
                    try (StoreUnderTest store = StoreUnderTest.open(name, directory.resolve("store"))) {
                        int count = Integer.parseInt(threads);
                        Measured measured = Measured.of(
                                count == 1 ? mails / 4 : mails, n -> new StoreBenchmark(store).run(n, count));
                        if (round > 0) {
                            table.add(name + ", " + threads + " threads", measured);
                        }
                    }
                    Directories.delete(directory);
                }
            }
        }
        table.print();
        System.exit(0);
    }

    private void run(int mails, int threads) throws Exception {
        byte[] mail = new byte[MAIL];
        new Random(1).nextBytes(mail);
        LinkedBlockingQueue<Long> stored = new LinkedBlockingQueue<>();
        AtomicLong ids = new AtomicLong();
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (long id = ids.incrementAndGet(); id <= mails; id = ids.incrementAndGet()) {
                            put(id, mail);
                            stored.add(id);
                        }
                    })
                    .start();
        }
        for (int i = 0; i < mails; i++) {
            long id = stored.take();
            if (store.read(id).length != MAIL) {
                throw new IllegalStateException("mail " + id + " is not what was written");
            }
            deleted.add(id);
        }
    }

    private void put(long id, byte[] mail) {
        Batch batch;
        boolean first;
        synchronized (monitor) {
            batch = gathering;
            first = batch.added.isEmpty();
            batch.added.put(id, mail);
        }
        try {
            if (first) {
                write(batch);
            }
            batch.written.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** While one batch is written the next one gathers. */
    private void write(Batch batch) throws Exception {
        synchronized (store) {
            synchronized (monitor) {
                gathering = new Batch();
            }
            List<Long> gone = new ArrayList<>();
            for (Long id = deleted.poll(); id != null; id = deleted.poll()) {
                gone.add(id);
            }
            store.commit(batch.added, gone);
        }
        batch.written.countDown();
    }
}
