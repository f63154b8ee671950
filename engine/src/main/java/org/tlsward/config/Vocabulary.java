/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

/** Every element and attribute of {@code tlsward.xml}. What is not here stops the start; what is here, {@code conf/tlsward.xml} shows. */
final class Vocabulary {
    private Vocabulary() {}

    private static final ElementType MEMBERS = ElementType.of("members")
            .containing(
                    ElementType.of("address").many().withText(),
                    ElementType.of("domain").many().withText(),
                    ElementType.of("pattern").many().withText(),
                    ElementType.of("file").many().withText(),
                    ElementType.of("ldap", "group").many());

    private static final ElementType CLASS = ElementType.of("class", "name", "profile")
            .many()
            .containing(
                    MEMBERS,
                    ElementType.of("inbound", "minimum", "observe", "exempt"),
                    ElementType.of(
                            "outbound",
                            "level",
                            "observe",
                            "minimum",
                            "names",
                            "sha256",
                            "forwardSecrecy",
                            "warnAfter",
                            "giveUpAfter"),
                    ElementType.of("alternative", "lang").many().withText());

    private static final ElementType LDAP = ElementType.of(
            "ldap",
            "url",
            "user",
            "password",
            "trustStore",
            "trustPassword",
            "startTls",
            "mailAttributes",
            "timeLimit",
            "refresh");

    private static final ElementType DESTINATIONS = ElementType.of("destinations")
            .containing(
                    ElementType.of(
                                    "destination",
                                    "match",
                                    "level",
                                    "observe",
                                    "minimum",
                                    "names",
                                    "sha256",
                                    "forwardSecrecy",
                                    "via",
                                    "user",
                                    "password",
                                    "clientCertificate",
                                    "clientCertificatePassword")
                            .many(),
                    ElementType.of("exception", "match", "level", "reason", "until", "published")
                            .many());

    /** The root of the file. */
    static final ElementType TLSWARD = ElementType.of("tlsward", "version")
            .containing(
                    ElementType.of("classes", "default", "subAddressDelimiters").containing(CLASS),
                    LDAP,
                    DESTINATIONS,
                    ElementType.of("dns", "mode", "servers", "trustAnchor", "signedName", "brokenName", "insecureMx"),
                    ElementType.of("trust", "store", "password"),
                    ElementType.of("networks", "internal"),
                    ElementType.of("evidence", "path", "keys", "addresses", "retention", "node"),
                    ElementType.of(
                            "quarantine",
                            "keep",
                            "fourEyes",
                            "digest",
                            "digestTo",
                            "digestAddresses",
                            "languages",
                            "key"),
                    ElementType.of("tlsrpt", "organization", "contact", "dkimDomain", "dkimSelector", "dkimKey"));
}
