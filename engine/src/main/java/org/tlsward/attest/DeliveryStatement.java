/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.attest;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.evidence.EvidenceKey;
import org.tlsward.smtp.MessageSource.Carriage;
import org.tlsward.smtp.TlsPeer;

/**
 * What a server says of a delivery, and its signature. The text is taken as it stands, so that there is one way to write it only.
 *
 * @param text everything that is signed
 * @param signature 128 hexadecimal digits
 */
public record DeliveryStatement(String text, String signature) {
    /** The name of the header field. */
    public static final String HEADER = "X-TLSWard-Delivery";

    private static final int LONGEST = 4096;
    private static final String SIGNATURE = "; b=";

    /** What proves who the peer is, whatever DNS says. */
    private static final List<String> PROOFS = List.of("dane", "mta-sts");

    /** What came of checking a header. */
    public enum Check {
        /** It is about this mail, and the server with this key has said it. */
        VALID,
        /** The server has said it of another mail, or the mail was changed since. */
        ANOTHER_MAIL,
        /** Nobody whose key is known has said it. */
        FORGED
    }

    /** Signs. */
    public interface Signer {
        /** 128 hexadecimal digits. */
        String sign(String text);
    }

    /**
     * What is said of a mail over a connection.
     *
     * @param by our host
     * @param key which one signs
     */
    static String text(Instant now, String by, Carriage carriage, MessageBinding mail, EvidenceKey key) {
        TlsPeer tls = carriage.tls().orElseThrow();
        boolean authenticated = carriage.verdicts().stream().anyMatch(PROOFS::contains);
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("v", "1");
        tags.put("t", now.toString());
        tags.put("by", by);
        tags.put("mx", carriage.host());
        tags.put("to", carriage.destination());
        tags.put("tls", tls.protocol());
        tags.put("cipher", tls.cipherSuite());
        tags.put("level", authenticated ? "authenticated" : "encrypted");
        tags.put("seen", String.join(",", carriage.verdicts()));
        mail.messageId().ifPresent(id -> tags.put("id", id));
        tags.put("h", mail.fields());
        tags.put("bh", mail.body());
        tags.put("k", key.fingerprint());
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue().replaceAll("[^\\x21-\\x7E]|;", "?"))
                .collect(Collectors.joining("; "));
    }

    /** Takes the body of a header field apart, folded or not; empty if it is none of ours. */
    public static Optional<DeliveryStatement> parse(String body) {
        String line = body.replaceAll("\\s+", " ").strip();
        int end = line.lastIndexOf(SIGNATURE);
        return line.length() > LONGEST || end < 0 || !line.startsWith("v=1; ")
                ? Optional.empty()
                : Optional.of(new DeliveryStatement(line.substring(0, end), line.substring(end + SIGNATURE.length())));
    }

    /** Whether this is true of a mail, as far as one of these keys can tell. */
    public Check check(MessageBinding mail, List<EvidenceKey> keys) {
        if (keys.stream().noneMatch(key -> key.hasAttested(text, signature))) {
            return Check.FORGED;
        }
        Map<String, String> tags = tags();
        return mail.fields().equals(tags.get("h")) && mail.body().equals(tags.get("bh"))
                ? Check.VALID
                : Check.ANOTHER_MAIL;
    }

    /** What is said, by the words of the header. */
    public Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        Arrays.stream(text.split("; ", -1))
                .map(tag -> tag.split("=", 2))
                .filter(halves -> halves.length == 2)
                .forEach(halves -> tags.putIfAbsent(halves[0], halves[1]));
        return tags;
    }

    /** The field with its line end, folded so that no line is too long (RFC 5322 §2.1.1). */
    String field() {
        return HEADER + ": " + (text + SIGNATURE + signature).replace("; ", ";\r\n ") + "\r\n";
    }
}
