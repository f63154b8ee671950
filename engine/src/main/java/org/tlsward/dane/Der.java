/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.util.Arrays;

/** A cursor over the elements of DER (X.690 §8.1), as much of it as it takes to find a key inside a certificate. */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    /** The version of a certificate, which old ones leave out (RFC 5280 §4.1). */
    static final int VERSION = 0xA0;

    private static final int LONG_FORM = 0x80;
    private static final int MOST_LENGTH_OCTETS = 3;

    private final byte[] bytes;
    private int position;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One element with its tag and length, and what is inside. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Element(int tag, byte[] whole, byte[] content) {
        Der inside(int expected) throws MalformedDer {
            if (tag != expected) {
                throw new MalformedDer("tag " + tag + " (expected: " + expected + ")");
            }
            return new Der(content);
        }
    }

    /** Not DER, or not what was expected there. */
    static final class MalformedDer extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedDer(String message) {
            super(message);
        }
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    Element next() throws MalformedDer {
        int start = position;
        int tag = octet();
        int length = length();
        if (length > bytes.length - position) {
            throw new MalformedDer("an element that ends after the data");
        }
        int content = position;
        position += length;
        return new Element(
                tag, Arrays.copyOfRange(bytes, start, position), Arrays.copyOfRange(bytes, content, position));
    }

    private int octet() throws MalformedDer {
        if (atEnd()) {
            throw new MalformedDer("data that ends too early");
        }
        return bytes[position++] & 0xFF;
    }

    private int length() throws MalformedDer {
        int first = octet();
        if (first < LONG_FORM) {
            return first;
        }
        int octets = first - LONG_FORM;
        if (octets == 0 || octets > MOST_LENGTH_OCTETS) { // X.690 §10.1: no indefinite form; and nothing of 16 MiB
            throw new MalformedDer("an unsupported length");
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | octet();
        }
        return length;
    }
}
