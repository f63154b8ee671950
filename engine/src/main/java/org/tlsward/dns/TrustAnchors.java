/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where validation starts: DS or DNSKEY records as in a zone file. */
final class TrustAnchors {
    private TrustAnchors() {}

    /** Those of a file, or of the root as they are built in. */
    static byte[] read(Optional<Path> file) {
        try (InputStream anchors = file.isPresent()
                ? Files.newInputStream(file.get())
                : TrustAnchors.class.getResourceAsStream("root.anchors")) {
            return anchors.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
