/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.tlsward.policy.SessionTls;
import org.tlsward.policy.SessionTls.ClientCertificate;

/**
 * The TLS of the session that brought a mail, as an attribute of the mail: {@code v1 cleartext}, or {@code v1 TLSv1.3
 * TLS_AES_128_GCM_SHA256}, followed by the SHA-256 and the subject of the client's certificate if it showed one.
 *
 * <p>A mail without the attribute did not come by SMTP through our hooks: it was written by JMAP, it is a bounce of James itself, or the
 * recorder is not installed. Nothing is known of its way, and what is not known counts as cleartext.
 */
public final class SessionAttribute {
    private static final String VERSION = "v1 ";
    private static final String CLEARTEXT = VERSION + "cleartext";

    private SessionAttribute() {}

    /** Writes the session onto the mail; empty means that it came in cleartext. */
    public static void set(Mail mail, Optional<SessionTls> session) {
        mail.setAttribute(new Attribute(
                WardAttributes.SESSION,
                AttributeValue.of(session.map(SessionAttribute::format).orElse(CLEARTEXT))));
    }

    /** The session that brought the mail; empty if it was in cleartext, if nothing is known, or if the value cannot be read. */
    public static Optional<SessionTls> get(Mail mail) {
        Optional<String> ours = WardAttributes.stringValue(mail, WardAttributes.SESSION);
        return ours.isPresent() ? parse(ours.get()) : stock(mail);
    }

    static String format(SessionTls session) {
        return VERSION
                + session.protocol()
                + " "
                + session.cipherSuite()
                + session.client()
                        .map(client -> " " + client.sha256() + " " + client.subject())
                        .orElse("");
    }

    static Optional<SessionTls> parse(String text) {
        if (!text.startsWith(VERSION) || text.equals(CLEARTEXT)) {
            return Optional.empty();
        }
        String[] words = text.substring(VERSION.length()).split(" ", 4);
        if (words.length < 2 || words.length == 3) {
            return Optional.empty();
        }
        Optional<ClientCertificate> client =
                words.length == 4 ? Optional.of(new ClientCertificate(words[3], words[2])) : Optional.empty();
        return Optional.of(new SessionTls(words[0], words[1], client));
    }

    /** James 3.9 writes these itself; they do when only our mailets are installed there. */
    private static Optional<SessionTls> stock(Mail mail) {
        return WardAttributes.stockValue(mail, "org.apache.james.ssl.protocol")
                .filter(protocol -> !protocol.equals("NONE"))
                .flatMap(protocol -> WardAttributes.stockValue(mail, "org.apache.james.ssl.cipher")
                        .map(cipher -> new SessionTls(protocol, cipher, Optional.empty())));
    }
}
