/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.tlsward.dane.Der.Element;
import org.tlsward.dane.Der.MalformedDer;

/**
 * SubjectPublicKeyInfo (RFC 5280 §4.1), which selector 1 means (RFC 6698 §2.1.2). It is cut out of the certificate octet by octet: a
 * key that Java has read and writes again may look different, and then no digest would match.
 */
final class PublicKeyInfo {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

    /** Signature algorithm, issuer, validity, subject: they stand between the serial number and the key. */
    private static final int BETWEEN = 4;

    private PublicKeyInfo() {}

    /** As it stands in the certificate. */
    static byte[] of(X509Certificate certificate) throws CertificateEncodingException, MalformedDer {
        Der fields = new Der(certificate.getTBSCertificate()).next().inside(Der.SEQUENCE);
        Element serialNumber = fields.next();
        if (serialNumber.tag() == Der.VERSION) {
            fields.next();
        }
        for (int field = 0; field < BETWEEN; field++) {
            fields.next().inside(Der.SEQUENCE);
        }
        Element key = fields.next();
        key.inside(Der.SEQUENCE);
        return key.whole();
    }

    /** True if the data has the form of a SubjectPublicKeyInfo and nothing after it, whatever the algorithm. */
    static boolean isWellFormed(byte[] data) {
        try {
            Der outer = new Der(data);
            Der info = outer.next().inside(Der.SEQUENCE);
            Der algorithm = info.next().inside(Der.SEQUENCE);
            algorithm.next().inside(Der.OBJECT_IDENTIFIER);
            info.next().inside(Der.BIT_STRING);
            return info.atEnd() && outer.atEnd();
        } catch (MalformedDer e) {
            return false;
        }
    }

    /** The key, if Java knows its algorithm. */
    static Optional<PublicKey> key(byte[] data) {
        return ALGORITHMS.stream()
                .map(algorithm -> key(algorithm, data))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PublicKey> key(String algorithm, byte[] data) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(data)));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty(); // a key of another algorithm
        }
    }
}
