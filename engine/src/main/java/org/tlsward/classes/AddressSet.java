/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.Arrays;

/**
 * A set of texts in about 20 bytes each and their UTF-8: a table with open addressing whose slots hold 32 bits of the hash and where
 * the text lies. What has the same hash is compared byte by byte, so a stranger never counts as a member.
 */
final class AddressSet {
    private static final int LONGEST_SHORT = 0x7f;

    /** Hash in the upper half, offset + 1 in the lower; zero is empty. */
    private final long[] slots;

    /** Each text: its length in one byte, or in four with the top bit set; then its bytes. */
    private final byte[] texts;

    private final int size;

    private AddressSet(long[] slots, byte[] texts, int size) {
        this.slots = slots;
        this.texts = texts;
        this.size = size;
    }

    int size() {
        return size;
    }

    boolean contains(Key key) {
        return slots[find(slots, texts, key)] != 0;
    }

    /** A text that is looked for, with its hash: computed once, used for many sets. */
    static final class Key {
        private final byte[] bytes;
        private final int from;
        private final int to;
        private final int hash;

        /** The bytes from {@code from} to before {@code to}; they are not copied. */
        Key(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
            this.hash = KeyedHash.of(bytes, from, to);
        }

        private boolean standsAt(byte[] texts, int offset) {
            int length = texts[offset];
            int start = offset + 1;
            if (length < 0) {
                length = ((length & LONGEST_SHORT) << 24)
                        | (texts[offset + 1] & 0xff) << 16
                        | (texts[offset + 2] & 0xff) << 8
                        | (texts[offset + 3] & 0xff);
                start = offset + 4;
            }
            return length == to - from && Arrays.equals(texts, start, start + length, bytes, from, to);
        }
    }

    /** The slot that holds the text, or the empty one where it belongs. */
    private static int find(long[] slots, byte[] texts, Key key) {
        int mask = slots.length - 1;
        int slot = key.hash & mask;
        while (slots[slot] != 0) {
            if ((int) (slots[slot] >>> 32) == key.hash && key.standsAt(texts, (int) slots[slot] - 1)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Collects texts. Not thread-safe. */
    static final class Builder {
        private static final int LARGEST = Integer.MAX_VALUE - 16;

        private long[] slots = new long[16];
        private byte[] texts = new byte[256];
        private int used;
        private int size;

        int size() {
            return size;
        }

        /** Adds a text, if it is new. */
        void add(byte[] text) {
            Key key = new Key(text, 0, text.length);
            int slot = find(slots, texts, key);
            if (slots[slot] != 0) {
                return;
            }
            slots[slot] = ((long) key.hash << 32) | (used + 1);
            append(text);
            size++;
            if (size > slots.length / 4 * 3) {
                grow();
            }
        }

        AddressSet build() {
            return new AddressSet(slots, Arrays.copyOf(texts, used), size);
        }

        private void append(byte[] text) {
            long needed = (long) used + 4 + text.length;
            if (needed > LARGEST) {
                throw new IllegalArgumentException("too many members (expected: at most 2 GiB of addresses)");
            }
            if (needed > texts.length) {
                texts = Arrays.copyOf(texts, (int) Math.min(LARGEST, Math.max(needed, texts.length * 3L / 2)));
            }
            if (text.length > LONGEST_SHORT) {
                texts[used++] = (byte) (0x80 | text.length >>> 24);
                texts[used++] = (byte) (text.length >>> 16);
                texts[used++] = (byte) (text.length >>> 8);
            }
            texts[used++] = (byte) text.length;
            System.arraycopy(text, 0, texts, used, text.length);
            used += text.length;
        }

        private void grow() {
            long[] larger = new long[slots.length * 2];
            int mask = larger.length - 1;
            for (long filled : slots) {
                if (filled != 0) {
                    int slot = (int) (filled >>> 32) & mask;
                    while (larger[slot] != 0) {
                        slot = (slot + 1) & mask;
                    }
                    larger[slot] = filled;
                }
            }
            slots = larger;
        }
    }
}
