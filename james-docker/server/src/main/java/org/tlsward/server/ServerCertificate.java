/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The certificate that a server shows, and its key, which belong together.
 *
 * @param leaf the server's own certificate
 * @param source the file that it comes from, for messages
 */
record ServerCertificate(X509Certificate leaf, String source) {

    private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

    /** The same, after a signature of the key was verified with the certificate. */
    static ServerCertificate of(X509Certificate leaf, PrivateKey key, String source)
            throws UnusableCertificateException {
        try {
            if (!belongTogether(leaf.getPublicKey(), key)) {
                throw notOfThisKey(source);
            }
        } catch (InvalidKeySpecException e) {
            throw notOfThisKey(source);
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificateException(
                    source + ": cannot sign with this private key: " + e.getMessage(), e);
        }
        return new ServerCertificate(leaf, source);
    }

    private static UnusableCertificateException notOfThisKey(String source) {
        return new UnusableCertificateException(
                source + ": the certificate is not of this private key (replaced one of the two files only?)");
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey key) throws GeneralSecurityException {
        String algorithm = publicKey.getAlgorithm();
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> algorithm;
                });
        // Whoever read the key, the JDK's own provider signs with it.
        PrivateKey own = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        signature.initSign(own);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    Instant notBefore() {
        return leaf.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return leaf.getNotAfter().toInstant();
    }

    /** The SHA-256 of the certificate, in hex, as {@code openssl x509 -fingerprint -sha256} shows it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate has an encoding", e);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JRE has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return source + ": " + leaf.getSubjectX500Principal().getName() + ", valid until " + notAfter() + ", SHA-256 "
                + fingerprint();
    }
}
