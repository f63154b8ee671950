/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A salted, slow hash (RFC 8018 §5.2). The secrets are random and long, so that the slowness is for the day when somebody writes one of
 * his own into the file.
 *
 * @param iterations how slow
 * @param salt random, in Base64
 * @param hash of the secret, in Base64
 */
record SecretHash(int iterations, String salt, String hash) {
    private static final String SCHEME = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int USUAL_ITERATIONS = 210_000;
    private static final int FEWEST_ITERATIONS = 100_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int OCTETS = 32;
    private static final int SALT_OCTETS = 16;

    static SecretHash of(String secret, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        return new SecretHash(USUAL_ITERATIONS, base64(salt), base64(derive(secret, salt, USUAL_ITERATIONS)));
    }

    /** Takes the same time for every secret. */
    boolean matches(String secret) {
        byte[] octets = Base64.getUrlDecoder().decode(salt);
        return MessageDigest.isEqual(Base64.getUrlDecoder().decode(hash), derive(secret, octets, iterations));
    }

    private static byte[] derive(String secret, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(secret.toCharArray(), salt, iterations, OCTETS * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
        } finally {
            key.clearPassword();
        }
    }

    /** One word: {@code pbkdf2-sha512$210000$salt$hash}. */
    String format() {
        return String.join("$", SCHEME, Integer.toString(iterations), salt, hash);
    }

    private static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** The hash of {@link #format}; empty if it is none, or one that is too weak or too slow to check. */
    static Optional<SecretHash> parse(String word) {
        String[] parts = word.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("[0-9]{1,8}")) {
            return Optional.empty();
        }
        int iterations = Integer.parseInt(parts[1]);
        Optional<byte[]> salt = octets(parts[2]);
        Optional<byte[]> hash = octets(parts[3]);
        boolean sound = iterations >= FEWEST_ITERATIONS
                && iterations <= MOST_ITERATIONS
                && salt.filter(some -> some.length >= SALT_OCTETS).isPresent()
                && hash.filter(some -> some.length == OCTETS).isPresent();
        return sound ? Optional.of(new SecretHash(iterations, parts[2], parts[3])) : Optional.empty();
    }

    private static Optional<byte[]> octets(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the hash: records end up in logs. */
    @Override
    public String toString() {
        return SCHEME;
    }
}
