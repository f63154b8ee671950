/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Where validation starts: DS or DNSKEY records as in a zone file. */
final class TrustAnchors {
    private TrustAnchors() {}

    /** Those of a file, or of the root as they are built in. Without any, nothing would ever be bogus: that is refused. */
    static byte[] read(Optional<Path> file) {
        try {
            byte[] anchors = file.isPresent() ? Files.readAllBytes(file.get()) : builtIn();
            if (!hasAnchor(anchors)) {
                throw new IOException("no trust anchor (expected: a DS or DNSKEY record)");
            }
            return anchors;
        } catch (IOException e) {
            String where = file.map(Path::toString).orElse("root.anchors");
            throw new UncheckedIOException("trust anchors of " + where + ": " + e.getMessage(), e);
        }
    }

    private static byte[] builtIn() throws IOException {
        try (InputStream anchors = TrustAnchors.class.getResourceAsStream("root.anchors")) {
            return anchors.readAllBytes();
        }
    }

    private static boolean hasAnchor(byte[] text) throws IOException {
        boolean any = false;
        try (Master master = new Master(new ByteArrayInputStream(text), Name.root, 0)) {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                any |= record.getType() == Type.DS || record.getType() == Type.DNSKEY;
            }
        }
        return any;
    }
}
