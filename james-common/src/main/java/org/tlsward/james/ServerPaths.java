/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.james.filesystem.api.FileSystem;

/** Paths of a James by its URLs. */
final class ServerPaths {
    private ServerPaths() {}

    /** The path of {@code file://conf/...}, {@code file://var/...} or any other file URL of James. */
    static Path of(FileSystem files, String url) {
        try {
            return files.getFile(url).toPath();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(url + " cannot be found", e);
        }
    }
}
