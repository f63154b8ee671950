/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The password of the demo's mailboxes, made at the first start: a server that somebody exposes by mistake has no
 * password that the whole world can read in a repository.
 *
 * @param value the password
 */
record DemoPassword(String value) {

    private static final String FILE = "demo-password";
    private static final int BYTES = 9;

    /** The one kept in a directory, made if there is none. */
    static DemoPassword in(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(random) + "\n", StandardCharsets.US_ASCII);
        }
        return new DemoPassword(
                Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return "DemoPassword";
    }
}
