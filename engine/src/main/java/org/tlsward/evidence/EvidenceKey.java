/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public key that checks what the log has signed (Ed25519, RFC 8032). Give it to whoever is to verify. */
public final class EvidenceKey {
    static final String ALGORITHM = "Ed25519";
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)\\s+-----END \\1-----");

    private final PublicKey key;

    EvidenceKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a file with a {@code PUBLIC KEY} (PEM, RFC 7468 §13).
     *
     * @throws IOException if it cannot be read, or has no such key
     */
    public static EvidenceKey read(Path file) throws IOException {
        byte[] encoded = block(Files.readString(file, StandardCharsets.ISO_8859_1), "PUBLIC KEY")
                .orElseThrow(() -> new IOException("unsupported key file " + file + " (expected: PEM, PUBLIC KEY)"));
        return decode(encoded, file);
    }

    static EvidenceKey decode(byte[] encoded, Path file) throws IOException {
        try {
            return new EvidenceKey(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IOException("unsupported key file " + file + " (expected: an Ed25519 key): " + e.getMessage(), e);
        }
    }

    /** What stands in the PEM block of that name. */
    static Optional<byte[]> block(String text, String name) {
        Matcher blocks = PEM.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals(name)) {
                try {
                    return Optional.of(Base64.getMimeDecoder().decode(blocks.group(2)));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static String pem(String name, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
    }

    /** SHA-256 of its DER form (SubjectPublicKeyInfo) in hexadecimal digits: what signed lines say of the key. */
    public String fingerprint() {
        return HexFormat.of().formatHex(ChainLink.sha256().digest(key.getEncoded()));
    }

    String pem() {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    boolean hasSigned(SignedText text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(text.signedBytes());
            return signature.verify(HexFormat.of().parseHex(text.signature()));
        } catch (GeneralSecurityException e) {
            return false; // no signature at all
        }
    }
}
