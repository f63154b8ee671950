/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLServerSocketFactory;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.Ward;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.EmergencyStop.What;
import org.tlsward.policy.TlsLimits;
import org.tlsward.policy.TlsVersion;
import org.tlsward.smtp.TlsClient;
import org.tlsward.smtp.TlsOffer;

/** What visitors may stop, and how they write it. */
final class EmergencyTargets {
    private static final int LONGEST_PATTERN = 100;

    private final Ward ward;

    EmergencyTargets(Ward ward) {
        this.ward = ward;
    }

    /**
     * The kind that is meant. Where nothing is said: the whole server if any class is protected, because what is protected must not go in
     * cleartext and nobody may have the time to think; else TLS, because a site without protected mail loses less by it.
     */
    What what(Optional<String> word) {
        if (word.filter(text -> !text.isBlank()).isPresent()) {
            return known(word.get());
        }
        return ward.current().configuration().rules().values().stream().anyMatch(ClassRule::isProtected)
                ? What.SERVER
                : What.NO_TLS;
    }

    static What known(String word) {
        return What.of(word)
                .orElseThrow(() -> new IllegalArgumentException("unsupported what \"" + word + "\" (expected: "
                        + Arrays.stream(What.values()).map(What::word).collect(Collectors.joining(", ")) + ")"));
    }

    /** The name of something to stop. */
    String name(What what, String text) {
        String name = written(what, text);
        switch (what) {
            case CLASS -> {
                if (!classes().contains(name)) {
                    throw new IllegalArgumentException("unsupported class \"" + name + "\" (expected: one of "
                            + String.join(", ", classes()) + ")");
                }
            }
            case REFUSE_CIPHER -> {
                if (Arrays.stream(suites()).noneMatch(suite -> TlsLimits.matches(name, suite))) {
                    throw new IllegalArgumentException("unsupported pattern \"" + name
                            + "\" (expected: it matches a cipher suite of this JVM, as *_CBC_* does)");
                }
            }
            default -> {
                return name;
            }
        }
        return name;
    }

    /** The name as it is kept, whether there is such a thing or not. */
    static String written(What what, String text) {
        String name = text.strip();
        return switch (what) {
            case CLASS -> name;
            case DESTINATION -> destination(name);
            case REFUSE_VERSION -> TlsVersion.of(name)
                    .filter(version -> version != TlsVersion.SSL_3)
                    .map(TlsVersion::protocol)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unsupported version \"" + name + "\" (expected: TLSv1, TLSv1.1, TLSv1.2, TLSv1.3)"));
            case REFUSE_CIPHER -> pattern(name);
            case ALL, NO_TLS, SERVER -> {
                if (!name.isEmpty()) {
                    throw new IllegalArgumentException(
                            "unsupported name \"" + name + "\" (expected: none for " + what.word() + ")");
                }
                yield "";
            }
        };
    }

    private static String pattern(String name) {
        if (!name.matches("[A-Za-z0-9_*?]+") || name.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException("unsupported pattern \"" + name
                    + "\" (expected: a JSSE cipher suite, with * and ?, for example *_CBC_*)");
        }
        return name;
    }

    /** As {@code match} of a destination, without the one that means everybody; or an address in brackets. */
    private static String destination(String name) {
        if (name.equals("*")) {
            throw new IllegalArgumentException("unsupported destination \"*\" (expected: a domain; or stop all)");
        }
        return name.startsWith("[") && name.endsWith("]")
                ? OutgoingMail.canonical(name)
                : DomainMatch.parse(name).toString();
    }

    private Set<String> classes() {
        return new TreeSet<>(ward.current().configuration().rules().keySet());
    }

    private static String[] suites() {
        return ((SSLServerSocketFactory) SSLServerSocketFactory.getDefault()).getSupportedCipherSuites();
    }

    /** What somebody should know who refuses a part of TLS: that nothing is left of it, or which versions are. */
    static Optional<String> warning(TlsLimits limits) {
        if (limits.off().isPresent() || limits.stops().isEmpty()) {
            return Optional.empty();
        }
        TlsOffer left = TlsClient.usualOffer().under(limits);
        return left.isEmpty()
                ? Optional.of(
                        "nothing is left of TLS: outgoing TLS fails as under no-tls, and STARTTLS is still announced")
                : Optional.empty();
    }
}
