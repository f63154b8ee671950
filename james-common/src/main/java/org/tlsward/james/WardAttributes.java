/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.Optional;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;

/** The mail attributes of ours. Their values are strings with a version in front, because every mail queue of James keeps strings. */
public final class WardAttributes {
    /** The TLS of the session that brought the mail: a {@link SessionAttribute}. */
    public static final AttributeName SESSION = AttributeName.of("tlsward.session");

    /** What the sender said about TLS: a {@link SenderWish}. */
    public static final AttributeName REQUIRETLS = AttributeName.of("tlsward.requiretls");

    /** What a mark demands: a {@link org.tlsward.policy.RequirementText}. */
    public static final AttributeName REQUIREMENT = AttributeName.of("tlsward.requirement");

    /** The stable word of the reason why a mail was withheld. */
    public static final AttributeName WITHHELD_REASON = AttributeName.of("tlsward.withheld.reason");

    /** One sentence about it, in English. */
    public static final AttributeName WITHHELD_EXPLANATION = AttributeName.of("tlsward.withheld.explanation");

    private WardAttributes() {}

    /** What the sender said about TLS for the rest of the way (RFC 8689). */
    public enum SenderWish {
        /** REQUIRETLS: rather not at all than without. */
        REQUIRED,
        /** {@code TLS-Required: No}: rather without than not at all. */
        NOT_REQUIRED
    }

    /** Writes the wish of the sender onto a mail. */
    public static void setSenderWish(Mail mail, SenderWish wish) {
        mail.setAttribute(
                new Attribute(REQUIRETLS, AttributeValue.of(wish == SenderWish.REQUIRED ? "v1 yes" : "v1 no")));
    }

    /** Reads the wish of the sender; a value that nobody of ours wrote counts as the strict one. */
    public static Optional<SenderWish> senderWish(Mail mail) {
        return stringValue(mail, REQUIRETLS)
                .map(value -> value.equals("v1 no") ? SenderWish.NOT_REQUIRED : SenderWish.REQUIRED);
    }

    static Optional<String> stringValue(Mail mail, AttributeName name) {
        return mail.getAttribute(name)
                .map(Attribute::getValue)
                .map(AttributeValue::getValue)
                .map(Object::toString);
    }

    /** A string attribute that stock James set, if it did. */
    static Optional<String> stockValue(Mail mail, String name) {
        return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(name), String.class);
    }
}
