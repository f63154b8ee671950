/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.util.Locale;

/**
 * A TLSA record as it stands in DNS, usable or not (RFC 6698 §2.1).
 *
 * @param usage 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE (RFC 7218 §2.1)
 * @param selector 0 the certificate, 1 its public key
 * @param matching 0 the data itself, 1 SHA-256, 2 SHA-512
 * @param data in lower-case hexadecimal
 */
public record TlsaRecord(int usage, int selector, int matching, String data) {
    /** Hexadecimal digits in lower case. */
    public TlsaRecord {
        data = data.toLowerCase(Locale.ROOT);
    }

    /** As in a zone file, for example {@code 3 1 1 8bd1...}. */
    @Override
    public String toString() {
        return usage + " " + selector + " " + matching + " " + data;
    }
}
