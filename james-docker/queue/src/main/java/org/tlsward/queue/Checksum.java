/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.zip.CRC32C;

/** CRC-32C: tells a flipped bit on the disk from what was written. */
final class Checksum {

    private Checksum() {}

    static long of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return crc.getValue();
    }
}
