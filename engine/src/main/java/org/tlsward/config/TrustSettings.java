/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The CAs that server certificates must chain to.
 *
 * @param store PKCS#12 file
 * @param password of the file
 */
public record TrustSettings(Path store, Optional<String> password) {
    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "TrustSettings[store=" + store + "]";
    }
}
