/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;

/** The mail attributes of ours. Their values are strings with a version in front, because every mail queue of James keeps strings. */
public final class WardAttributes {
    /** The TLS of the session that brought the mail: a {@link SessionAttribute}. */
    public static final AttributeName SESSION = AttributeName.of("tlsward.session");

    /** What the sender said about TLS: a {@link SenderWish}. */
    public static final AttributeName REQUIRETLS = AttributeName.of("tlsward.requiretls");

    private static final String CLASSES_VERSION = "v1 ";
    private static final String INSTANT_VERSION = "v1 ";
    private static final AttributeName STOCK_REQUIRETLS = AttributeName.of("REQUIRETLS");

    /** What a mark demands: a {@link org.tlsward.policy.RequirementText}. */
    public static final AttributeName REQUIREMENT = AttributeName.of("tlsward.requirement");

    /** The classes of the recipients before aliases were rewritten, for their times and alternatives. */
    public static final AttributeName CLASSES = AttributeName.of("tlsward.classes");

    /** When the mail came here: a release from quarantine does not change it. */
    public static final AttributeName ARRIVED = AttributeName.of("tlsward.arrived");

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

    /**
     * Reads the wish of the sender; a value that nobody of ours wrote counts as the strict one. James 3.9 has an attribute of its own,
     * which is read too and never written: its own delivery fails for good on it. If the two differ the strict one counts.
     */
    public static Optional<SenderWish> senderWish(Mail mail) {
        List<SenderWish> wishes = Stream.concat(
                        stringValue(mail, REQUIRETLS).map(value -> wish(value.equals("v1 no"))).stream(),
                        stringValue(mail, STOCK_REQUIRETLS).map(value -> wish(value.equals("false"))).stream())
                .toList();
        return wishes.contains(SenderWish.REQUIRED)
                ? Optional.of(SenderWish.REQUIRED)
                : wishes.stream().findFirst();
    }

    private static SenderWish wish(boolean notRequired) {
        return notRequired ? SenderWish.NOT_REQUIRED : SenderWish.REQUIRED;
    }

    /** What a mark demands, as its text. */
    public static Optional<String> requirement(Mail mail) {
        return stringValue(mail, REQUIREMENT);
    }

    /** What the mail itself says that it needs: its mark, and REQUIRETLS. */
    public static Requirement marked(Mail mail) {
        Requirement mark = requirement(mail).map(RequirementText::parse).orElse(Requirement.NOTHING);
        return senderWish(mail).equals(Optional.of(SenderWish.REQUIRED))
                ? mark.join(Requirement.builder().requireTls().build())
                : mark;
    }

    /** Writes what a mark demands. */
    public static void setRequirement(Mail mail, Requirement required) {
        mail.setAttribute(new Attribute(REQUIREMENT, AttributeValue.of(RequirementText.format(required))));
    }

    /** The names of the classes that the recipients had when the mail arrived. */
    public static Set<String> classes(Mail mail) {
        return stringValue(mail, CLASSES)
                .filter(value -> value.startsWith(CLASSES_VERSION))
                .map(value -> Set.copyOf(
                        Arrays.asList(value.substring(CLASSES_VERSION.length()).split(" "))))
                .orElse(Set.of());
    }

    /** Writes the names of classes; they have no blanks. */
    public static void setClasses(Mail mail, Set<String> names) {
        mail.setAttribute(new Attribute(CLASSES, AttributeValue.of(CLASSES_VERSION + String.join(" ", names))));
    }

    /** Writes when the mail came here, if that is not known yet. */
    public static void setArrivalOnce(Mail mail, Instant arrival) {
        if (arrival(mail).isEmpty()) {
            mail.setAttribute(new Attribute(ARRIVED, AttributeValue.of(INSTANT_VERSION + arrival)));
        }
    }

    /** When the mail came here, if it has come as far as the delivery. */
    public static Optional<Instant> arrival(Mail mail) {
        try {
            return stringValue(mail, ARRIVED)
                    .filter(value -> value.startsWith(INSTANT_VERSION))
                    .map(value -> Instant.parse(value.substring(INSTANT_VERSION.length())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
