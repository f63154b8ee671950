/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.nio.charset.StandardCharsets;

/** A file in the zip. */
final class PackedFile {
    private final byte[] content;
    private final boolean executable;

    PackedFile(byte[] content, boolean executable) {
        this.content = content.clone();
        this.executable = executable;
    }

    static PackedFile of(String text) {
        return new PackedFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    byte[] content() {
        return content.clone();
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    boolean executable() {
        return executable;
    }
}
