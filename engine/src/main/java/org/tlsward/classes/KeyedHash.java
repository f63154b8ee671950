/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3 with a key that this process drew: a stranger who may choose the address that is looked up cannot choose one that
 * collides with many.
 */
final class KeyedHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long KEY_0;
    private static final long KEY_1;

    static {
        SecureRandom random = new SecureRandom();
        KEY_0 = random.nextLong();
        KEY_1 = random.nextLong();
    }

    private KeyedHash() {}

    /** The hash of the bytes from {@code from} to before {@code to}; the same in one process, another in the next. */
    static int of(byte[] bytes, int from, int to) {
        long hash = sipHash13(bytes, from, to, KEY_0, KEY_1);
        return (int) (hash ^ (hash >>> 32));
    }

    static long sipHash13(byte[] bytes, int from, int to, long key0, long key1) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int at = from;
        // one compression round a word, three rounds at the end; the last word carries the length
        for (int round = 0, words = (to - from) / 8; round < words + 4; round++) {
            long word = 0;
            if (round < words) {
                word = (long) LONGS.get(bytes, at);
                at += 8;
            } else if (round == words) {
                word = lastWord(bytes, at, to, to - from);
            } else if (round == words + 1) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long lastWord(byte[] bytes, int from, int to, int length) {
        long word = (long) length << 56;
        for (int i = from; i < to; i++) {
            word |= (bytes[i] & 0xffL) << (8 * (i - from));
        }
        return word;
    }
}
