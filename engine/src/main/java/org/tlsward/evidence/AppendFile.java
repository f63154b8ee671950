/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A file that grows at its end. */
interface AppendFile extends Closeable {

    /** Opens files. */
    @FunctionalInterface
    interface Opener {
        /** The file, made if it is not there; its directory entry is on disk. */
        AppendFile open(Path path) throws IOException;
    }

    long length() throws IOException;

    /** Writes at the end. */
    void append(byte[] bytes) throws IOException;

    /** Comes back when everything written is on disk. */
    void sync() throws IOException;

    /** Takes away what stands behind {@code length}. */
    void truncate(long length) throws IOException;
}
