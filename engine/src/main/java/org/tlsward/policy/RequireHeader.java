/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header that carries the requirement of a mail where its attributes are lost, as in a Sieve redirect:
 *
 * <pre>X-TLSWard-Require: &lt;level&gt;[; requiretls][; minimum=TLSv1.3][; forward-secrecy]</pre>
 *
 * <p>It can only raise, so anybody may write one. Several are joined. What cannot be read is
 * {@link Requirement#UNSATISFIABLE}: somebody marked this mail, and we do not know how strictly.
 */
public final class RequireHeader {
    /** The name of the header. */
    public static final String NAME = "X-TLSWard-Require";

    private static final String REQUIRETLS = "requiretls";
    private static final String FORWARD_SECRECY = "forward-secrecy";
    private static final String MINIMUM = "minimum=";

    /** Strongest first; {@code fingerprint} needs pins, which no header has. */
    private static final List<TlsLevel> WRITTEN =
            List.of(TlsLevel.DANE_ONLY, TlsLevel.SECURE, TlsLevel.AUTHENTICATED, TlsLevel.VERIFY, TlsLevel.ENCRYPT);

    private RequireHeader() {}

    /**
     * The values that say a requirement, one header each; none for none. Names and pins belong to a destination and cannot be
     * said: what needs them becomes {@code never}, as a redirect leads to another destination.
     */
    public static List<String> values(Requirement required) {
        if (required.isEmpty()) {
            return List.of();
        }
        if (required.isUnsatisfiable()
                || required.names().isPresent()
                || required.pins().isPresent()) {
            return List.of(TlsLevel.NEVER.word() + (required.requireTls() ? "; " + REQUIRETLS : ""));
        }
        Requirement said = Requirement.NOTHING;
        List<String> values = new ArrayList<>();
        for (TlsLevel level : WRITTEN) {
            if (required.atLeast(level.requirement()) && !said.atLeast(level.requirement())) {
                said = said.join(level.requirement());
                values.add(level.word() + (values.isEmpty() ? parameters(required) : ""));
            }
        }
        // A chain without a name is no level: the next stricter one stands for it.
        if (required.validChain() && !said.validChain()) {
            values.add(TlsLevel.VERIFY.word());
        }
        return values;
    }

    private static String parameters(Requirement required) {
        StringBuilder text = new StringBuilder();
        if (required.requireTls()) {
            text.append("; ").append(REQUIRETLS);
        }
        required.minimum()
                .ifPresent(minimum -> text.append("; ").append(MINIMUM).append(minimum.protocol()));
        if (required.forwardSecrecy()) {
            text.append("; ").append(FORWARD_SECRECY);
        }
        return text.toString();
    }

    /** What the headers of a mail demand together; nothing without a header. Never throws. */
    public static Requirement parse(Collection<String> values) {
        return values.stream().map(RequireHeader::parse).reduce(Requirement.NOTHING, Requirement::join);
    }

    /** What one value demands. Never throws. */
    public static Requirement parse(String value) {
        String[] parts = value.split(";", -1);
        Requirement required = level(parts[0].trim());
        for (int i = 1; i < parts.length; i++) {
            required = required.join(parameter(parts[i].trim()));
        }
        return required;
    }

    private static Requirement level(String word) {
        return TlsLevel.of(word)
                .filter(level -> level != TlsLevel.FINGERPRINT)
                .map(TlsLevel::requirement)
                .orElse(Requirement.UNSATISFIABLE);
    }

    private static Requirement parameter(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.startsWith(MINIMUM)) {
            Optional<TlsVersion> version = TlsVersion.of(word.substring(MINIMUM.length()));
            return version.map(minimum -> Requirement.builder().minimum(minimum).build())
                    .orElse(Requirement.UNSATISFIABLE);
        }
        return switch (word) {
            case REQUIRETLS -> Requirement.builder().requireTls().build();
            case FORWARD_SECRECY -> Requirement.builder().forwardSecrecy().build();
            default -> Requirement.UNSATISFIABLE;
        };
    }
}
