/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/** Signs for the log. One file has both halves (PEM), so that the public one can be written again from it. */
final class SigningKey {
    private final PrivateKey key;
    private final EvidenceKey publicHalf;

    private SigningKey(PrivateKey key, EvidenceKey publicHalf) {
        this.key = key;
        this.publicHalf = publicHalf;
    }

    static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(EvidenceKey.ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), new EvidenceKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            // Every JDK since 15 has it (JEP 339).
            throw new IllegalStateException(e);
        }
    }

    static SigningKey read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String expected = " (expected: PEM, PRIVATE KEY and PUBLIC KEY of one Ed25519 pair; take it from the backup)";
        byte[] secret = EvidenceKey.block(text, "PRIVATE KEY")
                .orElseThrow(() -> new IOException("unsupported key file " + file + expected));
        try {
            PrivateKey key =
                    KeyFactory.getInstance(EvidenceKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret));
            SigningKey found = new SigningKey(key, EvidenceKey.read(file));
            String probe = "{\"probe\":1";
            String signed = probe + SignedText.end(found.sign(SignedText.Purpose.HEAD, probe));
            if (!SignedText.of(SignedText.Purpose.HEAD, signed)
                    .filter(found.publicHalf::hasSigned)
                    .isPresent()) {
                throw new IOException("the two halves in " + file + " do not belong together" + expected);
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw new IOException("unsupported key file " + file + expected, e);
        }
    }

    EvidenceKey publicHalf() {
        return publicHalf;
    }

    String pem() {
        return EvidenceKey.pem("PRIVATE KEY", key.getEncoded()) + publicHalf.pem();
    }

    /** 128 hexadecimal digits. */
    String sign(SignedText.Purpose purpose, String text) {
        try {
            Signature signature = Signature.getInstance(EvidenceKey.ALGORITHM);
            signature.initSign(key);
            signature.update(SignedText.signedBytes(purpose, text));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of the evidence does not sign", e);
        }
    }
}
