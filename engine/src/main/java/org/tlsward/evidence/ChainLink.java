/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The end of the chain: what the next line refers to.
 *
 * @param sequence the number of the last line; 0 before the first
 * @param hash the SHA-256 of the last line, its LF included
 */
record ChainLink(long sequence, String hash) {
    /** The version of the format. */
    static final int VERSION = 1;

    /** Before the first line. */
    static final ChainLink START = new ChainLink(0, "0".repeat(64));

    /** How the next line begins. */
    byte[] opening() {
        return ("{\"v\":" + VERSION + ",\"seq\":" + (sequence + 1) + ",\"prev\":\"" + hash + "\",")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The end of the chain after the next line. */
    ChainLink after(byte[] opening, byte[] rest) {
        MessageDigest digest = sha256();
        digest.update(opening);
        digest.update(rest);
        return new ChainLink(sequence + 1, HexFormat.of().formatHex(digest.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has SHA-256.
            throw new IllegalStateException(e);
        }
    }
}
