/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cluster;

import com.google.common.io.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.james.blob.api.BlobId;
import org.apache.james.blob.api.BlobStoreDAO;
import org.apache.james.blob.api.BucketName;
import org.apache.james.blob.api.HashBlobId;
import org.apache.james.blob.api.ObjectNotFoundException;
import org.apache.james.blob.api.ObjectStoreIOException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Messages in a directory that all nodes share, in the place of S3. A file is there whole or not at all. */
final class SharedBlobs implements BlobStoreDAO {
    private final Path root;

    SharedBlobs(Path root) {
        this.root = root;
    }

    private Path file(BucketName bucket, BlobId id) {
        return root.resolve(bucket.asString()).resolve(id.asString());
    }

    @Override
    public InputStream read(BucketName bucket, BlobId id) {
        try {
            return new ByteArrayInputStream(Files.readAllBytes(file(bucket, id)));
        } catch (NoSuchFileException e) {
            throw new ObjectNotFoundException(id.asString() + " is not in " + bucket.asString(), e);
        } catch (IOException e) {
            throw new ObjectStoreIOException(id.asString() + " cannot be read", e);
        }
    }

    @Override
    public Publisher<InputStream> readReactive(BucketName bucket, BlobId id) {
        return Mono.fromCallable(() -> read(bucket, id)).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<byte[]> readBytes(BucketName bucket, BlobId id) {
        return Mono.fromCallable(() -> read(bucket, id).readAllBytes()).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Void> save(BucketName bucket, BlobId id, byte[] data) {
        return Mono.<Void>fromCallable(() -> {
                    Path file = file(bucket, id);
                    Files.createDirectories(file.getParent());
                    Path part = file.resolveSibling(UUID.randomUUID() + ".part");
                    Files.write(part, data);
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Void> save(BucketName bucket, BlobId id, InputStream data) {
        return Mono.fromCallable(data::readAllBytes).flatMap(bytes -> Mono.from(save(bucket, id, bytes)));
    }

    @Override
    public Publisher<Void> save(BucketName bucket, BlobId id, ByteSource data) {
        return Mono.fromCallable(data::read).flatMap(bytes -> Mono.from(save(bucket, id, bytes)));
    }

    @Override
    public Publisher<Void> delete(BucketName bucket, BlobId id) {
        return Mono.<Void>fromCallable(() -> {
                    Files.deleteIfExists(file(bucket, id));
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Publisher<Void> delete(BucketName bucket, Collection<BlobId> ids) {
        return Flux.fromIterable(ids).concatMap(id -> delete(bucket, id)).then();
    }

    @Override
    public Publisher<Void> deleteBucket(BucketName bucket) {
        return Flux.from(listBlobs(bucket)).concatMap(id -> delete(bucket, id)).then();
    }

    @Override
    public Publisher<BucketName> listBuckets() {
        return names(root).map(BucketName::of);
    }

    @Override
    public Publisher<BlobId> listBlobs(BucketName bucket) {
        return names(root.resolve(bucket.asString())).map(name -> new HashBlobId.Factory().from(name));
    }

    private static Flux<String> names(Path directory) {
        return Mono.fromCallable(() -> {
                    if (!Files.isDirectory(directory)) {
                        return Stream.<String>empty().toList();
                    }
                    try (Stream<Path> files = Files.list(directory)) {
                        return files.map(file -> file.getFileName().toString()).toList();
                    }
                })
                .flatMapIterable(names -> names);
    }
}
