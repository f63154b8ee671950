/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.Locale;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/**
 * Tells our own report mails apart. They must arrive where TLS is broken, so what the destination publishes does not hold for them, and
 * their sessions are not counted (RFC 8460 §3).
 *
 * <p>An attribute cannot come from outside: SMTP has none, and a copy of a mail that Sieve makes loses it. It holds the recipient, so that
 * it means nothing any more once an alias leads elsewhere.
 */
public final class TlsReportMark {
    private static final AttributeName NAME = AttributeName.of("tlsward.tlsreport");
    private static final String VERSION = "v1 ";

    private TlsReportMark() {}

    static void set(Mail mail, MailAddress recipient) {
        mail.setAttribute(new Attribute(NAME, AttributeValue.of(VERSION + text(recipient))));
    }

    /** True if that mail is a report of ours for that recipient. */
    public static boolean isOwnReport(Mail mail, MailAddress recipient) {
        return WardAttributes.stringValue(mail, NAME)
                .filter(value -> value.equals(VERSION + text(recipient)))
                .isPresent();
    }

    /** True if that mail was made as a report of ours, wherever it goes now. */
    public static boolean isOwnReport(Mail mail) {
        return WardAttributes.stringValue(mail, NAME).isPresent();
    }

    private static String text(MailAddress recipient) {
        return recipient.asString().toLowerCase(Locale.ROOT);
    }
}
