/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of a key file, one a line: the first seals, all of them open. AES-256-GCM with a random nonce (NIST SP 800-38D): whoever changes
 * what is sealed, or puts it in another's place, is noticed.
 */
final class SealKeys {
    private static final int OCTETS = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_OCTETS = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Key> keys;

    private SealKeys(List<Key> keys) {
        this.keys = keys;
    }

    private record Key(String id, SecretKeySpec secret) {
        static Key of(byte[] octets) {
            byte[] digest = sha256(octets);
            return new Key(
                    HexFormat.of().formatHex(Arrays.copyOf(digest, ID_OCTETS)), new SecretKeySpec(octets, "AES"));
        }

        private static byte[] sha256(byte[] octets) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(octets);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }
    }

    /** @throws IOException if the file cannot be read, or a line is no key */
    static SealKeys read(Path file) throws IOException {
        List<Key> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(
                        key(line.strip())
                                .orElseThrow(
                                        () -> new IOException(
                                                file
                                                        + ": a line is no key (expected: 32 octets in Base64, as of \"openssl rand -base64 32\")")));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " has no key (expected: the output of \"openssl rand -base64 32\")");
        }
        return new SealKeys(List.copyOf(keys));
    }

    private static Optional<Key> key(String line) {
        try {
            return Optional.of(Base64.getDecoder().decode(line))
                    .filter(octets -> octets.length == OCTETS)
                    .map(Key::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key that seals: a name that tells nothing of it. */
    String id() {
        return keys.get(0).id();
    }

    /**
     * Seals something.
     *
     * @param about what it is; it can be opened as that only
     */
    byte[] seal(byte[] plain, String about) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, about).doFinal(plain);
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return all;
    }

    /** @throws GeneralSecurityException if it was changed, or the key is not there; the message tells which key it was */
    byte[] open(byte[] sealed, String about, String keyId) throws GeneralSecurityException {
        Key key = keys.stream()
                .filter(each -> each.id().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("it is sealed with the key " + keyId
                        + ", which is not in the key file (the one in use is " + id() + ")"));
        if (sealed.length < NONCE) {
            throw new GeneralSecurityException("it was damaged");
        }
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE), about)
                .doFinal(sealed, NONCE, sealed.length - NONCE);
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
