/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Optional;

/**
 * Where the key and certificate are that we show to a destination.
 *
 * @param file path of a PKCS#12 file; a text, because nothing here reads files
 * @param password of the file, never printed
 */
public record ClientCertificate(String file, Optional<String> password) {
    @Override
    public String toString() {
        return file;
    }
}
