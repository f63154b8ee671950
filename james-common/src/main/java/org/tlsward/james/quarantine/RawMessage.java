/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Mail;

/**
 * A message that is stored octet by octet. James' file repository decodes and encodes what it stores and does not finish the encoding: of a
 * message in Base64 the last one or two octets are lost (FileMailRepository and MimeMessageUtil of 3.8.1).
 */
final class RawMessage extends MimeMessageWrapper {
    private RawMessage(MimeMessageSource source) throws MessagingException {
        super(source);
    }

    /** A copy of a mail with such a message. */
    static MailImpl copyOf(Mail mail) throws MessagingException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            mail.getMessage().writeTo(octets);
        } catch (IOException e) {
            throw new MessagingException("the message of " + mail.getName() + " cannot be read", e);
        }
        MailImpl copy = MailImpl.duplicateWithoutMessage(mail).build();
        copy.setName(mail.getName());
        copy.setState(mail.getState());
        copy.setMessageNoCopy(new RawMessage(MimeMessageInputStreamSource.create(
                "quarantine-" + UUID.randomUUID(), new ByteArrayInputStream(octets.toByteArray()))));
        return copy;
    }

    /** From its source, whoever wants it decoded first. */
    @Override
    public void writeTo(OutputStream headers, OutputStream body, String[] ignored, boolean preLoad)
            throws IOException, MessagingException {
        super.writeTo(headers, body, ignored, false);
    }
}
