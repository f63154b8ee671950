/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one version of a file from the next without reading it.
 *
 * @param modified when
 * @param size in bytes
 * @param key of the file system; another one after the file was replaced, even by one with the same date and size
 */
record FileStamp(FileTime modified, long size, Optional<Object> key) {
    private static final FileStamp NO_FILE = new FileStamp(FileTime.fromMillis(0), -1, Optional.empty());

    /** Of the file as it is now; one that cannot be looked at is as good as none. */
    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        } catch (IOException | SecurityException e) {
            return NO_FILE;
        }
    }
}
