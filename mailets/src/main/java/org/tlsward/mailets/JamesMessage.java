/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import javax.mail.MessagingException;
import javax.mail.Multipart;
import javax.mail.Part;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.Converter7Bit;
import org.tlsward.smtp.MessageSource;

/** The message of a mail of James. Looks once through it for octets above 127, and keeps no copy. */
final class JamesMessage implements MessageSource {
    private final MimeMessage message;
    private final MailetContext context;
    private final long size;
    private final boolean eightBitBody;
    private final boolean utf8Header;

    private JamesMessage(MimeMessage message, MailetContext context, Octets octets) {
        this.message = message;
        this.context = context;
        this.size = octets.size;
        this.eightBitBody = octets.highInBody;
        this.utf8Header = octets.highInHeader;
    }

    static JamesMessage of(MimeMessage message, MailetContext context) throws MessagingException {
        Octets octets = new Octets();
        try (InputStream in = new MimeMessageInputStream(message)) {
            octets.read(in);
        } catch (IOException e) {
            throw new MessagingException("the message cannot be read", e);
        }
        return new JamesMessage(message, context, octets);
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return new MimeMessageInputStream(message);
        } catch (MessagingException e) {
            throw new IOException("the message cannot be read", e);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean hasEightBitBody() {
        return eightBitBody;
    }

    @Override
    public boolean hasUtf8Header() {
        return utf8Header;
    }

    @Override
    public Optional<MessageSource> sevenBit() {
        try {
            if (hasSignature(message)) {
                return Optional.empty(); // RFC 1847 §2.1: what was signed must not be encoded anew
            }
            MimeMessage copy = copy();
            new Converter7Bit(context).convertTo7Bit(copy);
            JamesMessage converted = of(copy, context);
            return converted.hasEightBitBody() ? Optional.empty() : Optional.of(converted);
        } catch (MessagingException | IOException e) {
            return Optional.empty();
        }
    }

    private static boolean hasSignature(Part part) throws MessagingException, IOException {
        if (part.isMimeType("multipart/signed") || part.isMimeType("multipart/encrypted")) {
            return true;
        }
        if (!part.isMimeType("multipart/*") || !(part.getContent() instanceof Multipart parts)) {
            return false;
        }
        for (int i = 0; i < parts.getCount(); i++) {
            if (hasSignature(parts.getBodyPart(i))) {
                return true;
            }
        }
        return false;
    }

    private MimeMessage copy() throws MessagingException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = open()) {
            in.transferTo(bytes);
        }
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes.toByteArray()));
    }

    /** What one pass over a message tells. */
    private static final class Octets {
        private static final int BUFFER = 16 * 1024;

        private long size;
        private boolean highInHeader;
        private boolean highInBody;
        private boolean inBody;
        private int before = '\n';
        private boolean emptyLine = true;

        void read(InputStream in) throws IOException {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    take(buffer[i]);
                }
            }
        }

        private void take(byte octet) {
            // A bare CR or LF will be sent as CRLF.
            size += octet == '\n' && before != '\r' ? 2 : 1;
            size += before == '\r' && octet != '\n' ? 1 : 0;
            if (octet < 0) {
                highInBody |= inBody;
                highInHeader |= !inBody;
            }
            if (octet == '\n') {
                inBody |= emptyLine;
                emptyLine = true;
            } else if (octet != '\r') {
                emptyLine = false;
            }
            before = octet;
        }
    }
}
