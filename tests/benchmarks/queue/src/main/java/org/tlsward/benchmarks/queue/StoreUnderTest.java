/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An embedded store, as far as a queue needs one. Only one thread writes; any thread reads. */
interface StoreUnderTest extends Closeable {

    /** Writes and deletes in one transaction that survives a power cut. */
    void commit(Map<Long, byte[]> added, List<Long> deleted) throws Exception;

    byte[] read(long id) throws Exception;

    static StoreUnderTest open(String name, Path directory) throws Exception {
        Files.createDirectories(directory);
        return switch (name) {
            case "sqlite" -> new SqliteStore(directory);
            case "mvstore" -> new MvStore(directory);
            case "rocksdb" -> new RocksStore(directory);
            case "log" -> new PlainLog(directory);
            default -> throw new IllegalArgumentException(
                    "unknown store \"" + name + "\" (expected: sqlite, mvstore, rocksdb, log)");
        };
    }

    /** H2's storage engine without its SQL. */
    final class MvStore implements StoreUnderTest {

        private final MVStore store;
        private final MVMap<Long, byte[]> mails;

        MvStore(Path directory) {
            store = new MVStore.Builder()
                    .fileName(directory.resolve("mails.mv").toString())
                    .autoCommitDisabled()
                    .open();
            mails = store.openMap("mails");
        }

        @Override
        public void commit(Map<Long, byte[]> added, List<Long> deleted) {
            mails.putAll(added);
            deleted.forEach(mails::remove);
            store.commit();
            store.sync();
        }

        @Override
        public byte[] read(long id) {
            return mails.get(id);
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** RocksDB with messages in blob files, which compaction does not copy again and again. */
    final class RocksStore implements StoreUnderTest {

        private final Options options;
        private final WriteOptions synced;
        private final RocksDB store;

        RocksStore(Path directory) throws Exception {
            RocksDB.loadLibrary();
            options = new Options()
                    .setCreateIfMissing(true)
                    .setEnableBlobFiles(true)
                    .setMinBlobSize(1024)
                    .setEnableBlobGarbageCollection(true);
            synced = new WriteOptions().setSync(true);
            store = RocksDB.open(options, directory.toString());
        }

        @Override
        public void commit(Map<Long, byte[]> added, List<Long> deleted) throws Exception {
            try (WriteBatch batch = new WriteBatch()) {
                for (Map.Entry<Long, byte[]> entry : added.entrySet()) {
                    batch.put(key(entry.getKey()), entry.getValue());
                }
                for (long id : deleted) {
                    batch.delete(key(id));
                }
                store.write(synced, batch);
            }
        }

        @Override
        public byte[] read(long id) throws Exception {
            return store.get(key(id));
        }

        @Override
        public void close() {
            store.close();
            synced.close();
            options.close();
        }

        private static byte[] key(long id) {
            return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
        }
    }
}
