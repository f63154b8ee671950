/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a message, or the promise that they are in a file.
 *
 * @param place where they are
 * @param size how many
 * @param crc CRC-32C of them
 * @param inline the bytes, if they are in the row; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MessageBytes(Place place, long size, long crc, byte[] inline) {

    private static final byte[] NOTHING = {};

    /** Where the bytes of a message are. */
    enum Place {
        /** A mail without a message. */
        NOWHERE(0),
        /** In the row of the mail. */
        ROW(1),
        /** In a file of their own, because they are too many for the heap. */
        FILE(2);

        private final int number;

        Place(int number) {
            this.number = number;
        }

        /** What stands in the row. */
        int number() {
            return number;
        }

        static Optional<Place> numbered(int number) {
            return Arrays.stream(values())
                    .filter(place -> place.number == number)
                    .findFirst();
        }
    }

    static MessageBytes none() {
        return new MessageBytes(Place.NOWHERE, 0, 0, NOTHING);
    }

    static MessageBytes inRow(byte[] bytes) {
        return new MessageBytes(Place.ROW, bytes.length, Checksum.of(bytes), bytes);
    }

    static MessageBytes inFile(long size, long crc) {
        return new MessageBytes(Place.FILE, size, crc, NOTHING);
    }
}
