/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object whose last member signs the bytes before it. Those bytes are taken as they stand, so that there is one way to write
 * them only.
 *
 * @param purpose what it is; signed too, so that a checkpoint cannot be shown as a head
 * @param text up to the comma before the signature
 * @param signature 128 hexadecimal digits
 */
record SignedText(Purpose purpose, String text, String signature) {
    private static final Pattern END = Pattern.compile(",\"signature\":\"([0-9a-f]{128})\"}\\z");
    private static final int LONGEST_END = 150;

    /** What is signed. */
    enum Purpose {
        /** A line of the log. */
        CHECKPOINT("TLS Ward evidence checkpoint v1\n"),
        /** The file that says how far the log goes. */
        HEAD("TLS Ward evidence head v1\n");

        private final String words;

        Purpose(String words) {
            this.words = words;
        }
    }

    /** Takes an object apart; empty if it has no signature at its end. */
    static Optional<SignedText> of(Purpose purpose, String object) {
        Matcher end = END.matcher(object);
        end.region(Math.max(0, object.length() - LONGEST_END), object.length());
        return end.find()
                ? Optional.of(new SignedText(purpose, object.substring(0, end.start()), end.group(1)))
                : Optional.empty();
    }

    byte[] signedBytes() {
        return signedBytes(purpose, text);
    }

    static byte[] signedBytes(Purpose purpose, String text) {
        return (purpose.words + text).getBytes(StandardCharsets.UTF_8);
    }

    /** How the object goes on behind what was signed. */
    static String end(String signature) {
        return ",\"signature\":\"" + signature + "\"}";
    }
}
