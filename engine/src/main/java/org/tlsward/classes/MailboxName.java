/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.util.Optional;

/**
 * An address in the form in which addresses are compared: no sub-address, no needless quotes, lower case, A-labels, no trailing dot.
 *
 * @param localPart unquoted, lower case, NFC
 * @param domain A-labels in lower case, or an address literal like {@code [192.0.2.1]}
 */
public record MailboxName(String localPart, String domain) {

    /**
     * Reads an address as it stands in an envelope or a configuration, without angle brackets.
     *
     * @param address for example {@code Dr.A+labor@Klinik.example.} or {@code "dr.a"@klinik.example}
     * @param subAddressDelimiters characters that begin a sub-address; may be empty
     * @throws IllegalArgumentException if it is none, with a message for the one who wrote it
     */
    public static MailboxName parse(String address, String subAddressDelimiters) {
        String text = address.strip();
        int at = separator(text);
        if (at <= 0 || at == text.length() - 1) {
            throw unsupported(text, "expected: an address like praxis@klinik.example");
        }
        return of(text.substring(0, at), text.substring(at + 1), subAddressDelimiters);
    }

    /**
     * Reads an address where an error has no reader, as in a look-up. An empty answer means that nothing can be said about the address:
     * it is not a stranger, it may be anybody ({@link ClassDirectory#classesOf(String)} answers {@link Membership.Unknown}).
     */
    public static Optional<MailboxName> tryParse(String address, String subAddressDelimiters) {
        try {
            return Optional.of(parse(address, subAddressDelimiters));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * An address whose halves are known already.
     *
     * @param localPart as it stands in an address: with quotes, if it has some
     * @param domain a domain or an address literal
     * @param subAddressDelimiters characters that begin a sub-address; may be empty
     * @throws IllegalArgumentException if one of them is none
     */
    public static MailboxName of(String localPart, String domain, String subAddressDelimiters) {
        try {
            MailboxName name =
                    new MailboxName(LocalPart.canonical(localPart, subAddressDelimiters), DomainText.canonical(domain));
            checkText(name.localPart);
            checkText(name.domain);
            return name;
        } catch (IllegalArgumentException e) {
            throw unsupported(localPart + "@" + domain, e.getMessage());
        }
    }

    /** As it is written in an envelope: quoted if it has to be. Reading it again gives this name. */
    public String asAddress() {
        return LocalPart.quotedIfNeeded(localPart) + "@" + domain;
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }

    /** The first {@code @} outside of quotes, or -1. */
    static int separator(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '@' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** What cannot stand in a line or has no UTF-8 would make two addresses one. */
    private static void checkText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected: an address like praxis@klinik.example");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == '\r' || c == '\n' || c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw new IllegalArgumentException(String.format("unsupported character U+%04X", (int) c));
            }
            i += pair ? 1 : 0;
        }
    }

    private static IllegalArgumentException unsupported(String text, String why) {
        return new IllegalArgumentException("unsupported address \"" + text + "\" (" + why + ")");
    }
}
