/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tlsward.files.PrivateFile;

/**
 * Addresses as HMAC-SHA-256 (RFC 2104) under a key of the admin: {@code hmac:} and 64 hexadecimal digits. Who has the key can look an
 * address up; nobody else can tell who it is, not even by trying all addresses. Of replies the codes are kept, because their text may
 * quote the recipient.
 */
public final class KeyedAddresses implements AddressForm {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 32;
    private static final Pattern CODES = Pattern.compile("[2-5][0-9]{2}([ -][245]\\.[0-9]{1,3}\\.[0-9]{1,3})?");

    private final SecretKeySpec key;

    private KeyedAddresses(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Reads the key: all bytes of the file, at least 32.
     *
     * @throws EvidenceUnavailableException if it cannot be read or is too short
     */
    public static KeyedAddresses read(Path keyFile) {
        try {
            byte[] key = Files.readAllBytes(keyFile);
            if (key.length < SHORTEST_KEY) {
                throw new EvidenceUnavailableException("unsupported key file " + keyFile + " of " + key.length
                        + " bytes (expected: at least 32 random bytes)");
            }
            return new KeyedAddresses(key);
        } catch (IOException e) {
            throw new EvidenceUnavailableException("cannot read the key file of the evidence: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a new key (mode 0600) and reads it.
     *
     * @throws EvidenceUnavailableException if the file is there already, or cannot be written
     */
    public static KeyedAddresses create(Path keyFile) {
        byte[] key = new byte[SHORTEST_KEY];
        new SecureRandom().nextBytes(key);
        try {
            if (Files.exists(keyFile)) {
                throw new FileAlreadyExistsException(keyFile.toString());
            }
            PrivateFile.replace(keyFile, key);
        } catch (IOException e) {
            throw new EvidenceUnavailableException("cannot make the key file of the evidence: " + e.getMessage(), e);
        }
        return read(keyFile);
    }

    /** Tells one key from another, and nothing else about it. */
    String id() {
        return hash("id of the key").substring(0, 16);
    }

    @Override
    public String of(String address) {
        return address.isEmpty() ? address : "hmac:" + hash(address);
    }

    private String hash(String address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] canonical = address.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(canonical));
        } catch (GeneralSecurityException e) {
            // Every Java platform has HmacSHA256.
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String reply(String text) {
        Matcher codes = CODES.matcher(text);
        return codes.lookingAt() ? codes.group() : "";
    }
}
