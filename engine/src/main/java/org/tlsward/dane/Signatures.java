/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;

/**
 * Who signed whom. A signature costs a server nothing to send and us something to verify: after a number of them, nobody signed
 * anybody.
 */
final class Signatures {
    /** Ten certificates that could all be each other's issuers, or a chain of dozens. */
    static final int MOST = 200;

    private int verified;

    /** True if the one could have signed the other by its name, and did by its key. */
    boolean isIssuer(X509Certificate issuer, X509Certificate subject) {
        return issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())
                && isSignedBy(subject, issuer.getPublicKey());
    }

    boolean isSignedBy(X509Certificate subject, PublicKey key) {
        if (isExhausted()) {
            return false;
        }
        verified++;
        try {
            subject.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // not signed by it, or nothing that can be verified
        }
    }

    /** A path is verified as a whole when it is judged. */
    void countPath(int length) {
        verified += length;
    }

    boolean isExhausted() {
        return verified >= MOST;
    }
}
