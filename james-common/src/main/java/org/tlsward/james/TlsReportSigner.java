/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.tlsrpt.ReportMail;

/** Signs report mails (DKIM, RFC 6376): a receiver throws away what is not signed (RFC 8460 §3). */
final class TlsReportSigner {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** RFC 8301 §3.2. */
    private static final int FEWEST_BITS = 1024;

    private static final String RSA_OF_PKCS8 = "020100300d06092a864886f70d0101010500";

    private final String template;
    private final RSAPrivateKey key;

    /** @throws IOException if there is no key in the file that can be used */
    TlsReportSigner(Signing signing) throws IOException {
        this.key = key(signing);
        // No l=: nothing may be added to a report (RFC 8460 §3).
        this.template = "v=1; a=rsa-sha256; c=" + canonicalization() + "; d=" + signing.domain() + "; s="
                + signing.selector() + "; h=" + String.join(":", ReportMail.HEADERS) + "; bh=; b=;";
    }

    /**
     * Relaxed, because servers on the way fold fields anew. But that puts names of fields in lower case, for which the library takes the
     * locale of the server: a Turkish one makes another letter of the I in DKIM-Signature, and nobody else could verify it.
     */
    private static String canonicalization() {
        String name = "DKIM-SIGNATURE";
        boolean alike = name.toLowerCase(Locale.getDefault()).equals(name.toLowerCase(Locale.ROOT));
        return alike ? "relaxed/relaxed" : "simple/relaxed";
    }

    /** The message with its signature in front. */
    byte[] sign(byte[] message) throws IOException {
        try {
            String field = new DKIMSigner(template, key).sign(new ByteArrayInputStream(message));
            ByteArrayOutputStream signed = new ByteArrayOutputStream(message.length + field.length() + 2);
            signed.write((field + "\r\n").getBytes(StandardCharsets.US_ASCII));
            signed.write(message);
            return signed.toByteArray();
        } catch (FailException e) {
            throw new IOException("the report cannot be signed: " + e.getMessage(), e);
        }
    }

    private static RSAPrivateKey key(Signing signing) throws IOException {
        Matcher pem = PEM.matcher(Files.readString(signing.key(), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(signing.key() + " holds no key (expected: PEM with PRIVATE KEY or RSA PRIVATE KEY)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            byte[] pkcs8 = pem.group(1).startsWith("RSA") ? pkcs8(der) : der;
            RSAPrivateKey key =
                    (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key.getModulus().bitLength() < FEWEST_BITS) {
                throw new IOException(signing.key() + " holds a key of "
                        + key.getModulus().bitLength() + " bits (expected: RSA, 2048 bits)");
            }
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(signing.key() + " holds no key of RSA that can be read: " + e.getMessage(), e);
        }
    }

    /** RFC 5208 §5 around RFC 8017 §A.1.2: what older tools write. */
    private static byte[] pkcs8(byte[] pkcs1) {
        byte[] algorithm = HexFormat.of().parseHex(RSA_OF_PKCS8);
        byte[] octets = der(0x04, List.of(pkcs1));
        return der(0x30, List.of(algorithm, octets));
    }

    private static byte[] der(int tag, List<byte[]> contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = contents.stream().mapToInt(content -> content.length).sum();
        out.write(tag);
        out.write(0x82); // two bytes of length: keys of RSA have between 256 and 65535
        out.write(length >> 8);
        out.write(length);
        contents.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
