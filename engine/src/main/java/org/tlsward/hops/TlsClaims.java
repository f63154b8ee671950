/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tlsward.explain.CleanText;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.hops.ReceivedClauses.Clause;
import org.tlsward.hops.ReceivedClauses.Kind;
import org.tlsward.policy.TlsVersion;

/** What servers write about TLS, each in its own way. */
final class TlsClaims {
    private static final String WORDS = " ,;=";
    private static final String FIELDS = ":, ";
    private static final int LONGEST = 100;

    /** Appendix B.4 of RFC 8446; no other version has them. */
    private static final Set<String> TLS_1_3_SUITES = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_CCM_SHA256",
            "TLS_AES_128_CCM_8_SHA256");

    private TlsClaims() {}

    /**
     * Postfix, James 3.9 and our own filter: {@code (using TLSv1.3 with cipher ...)} behind the name of the client. Only that form counts
     * there: everything else in this clause the client chose.
     */
    static Optional<Encrypted> inFrom(Clause from) {
        return from.comments().stream()
                .filter(text -> startsWith(text, "using "))
                .findFirst()
                .flatMap(TlsClaims::using);
    }

    /** All other forms, behind the name of the server. */
    static Optional<Encrypted> inRest(ReceivedClauses clauses) {
        Optional<String> suite = clauses.get(Kind.TLS).word();
        for (Kind kind : List.of(Kind.BY, Kind.VIA, Kind.WITH, Kind.ID, Kind.FOR, Kind.TLS)) {
            for (String comment : clauses.get(kind).comments()) {
                Optional<Encrypted> claim = inComment(comment);
                if (claim.isPresent()) {
                    return claim.map(
                            found -> encrypted(found.version(), found.cipher().or(() -> suite)));
                }
            }
        }
        return suite.map(cipher -> encrypted(Optional.empty(), Optional.of(cipher)))
                .or(() -> inProtocol(clauses.get(Kind.WITH).words()));
    }

    private static Optional<Encrypted> inComment(String comment) {
        String text = comment.strip();
        if (startsWith(text, "using ")) {
            return using(text);
        }
        if (startsWith(text, "version=")) { // Sendmail, Gmail, Exchange, Haraka, old OpenSMTPD
            List<String> words = WordList.of(text, WORDS);
            return Optional.of(encrypted(after(words, "version").flatMap(TlsClaims::version), after(words, "cipher")));
        }
        List<String> fields = WordList.of(text, FIELDS);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        boolean generic = fields.get(0).equalsIgnoreCase("TLS"); // Exchange 2010, Courier
        boolean alone = fields.size() == 1; // Exim 4.94
        if (!alone && text.indexOf(':') != fields.get(0).length()) {
            return Optional.empty();
        }
        List<String> rest = fields.subList(generic && !alone ? 1 : 0, fields.size());
        Optional<TlsVersion> version = version(rest.get(0));
        if (version.isEmpty() && !generic) {
            return Optional.empty();
        }
        // Exim, OpenSMTPD: TLSv1.3:TLS_AES_256_GCM_SHA384:256
        return Optional.of(encrypted(
                version, rest.stream().skip(1).filter(TlsClaims::isSuite).findFirst()));
    }

    private static Optional<Encrypted> using(String text) {
        List<String> words = WordList.of(text, WORDS);
        if (words.size() < 2 || !isTlsName(words.get(1))) {
            return Optional.empty();
        }
        return Optional.of(encrypted(version(words.get(1)), after(words, "cipher")));
    }

    /** IronPort: {@code with ESMTP/TLS/SUITE}. MessageLabs, qmail with a patch: {@code with SUITE encrypted SMTP}. */
    private static Optional<Encrypted> inProtocol(List<String> words) {
        List<String> parts = words.isEmpty() ? List.of() : WordList.of(words.get(0), "/");
        if (parts.size() > 1 && parts.get(1).equalsIgnoreCase("TLS")) {
            return Optional.of(
                    encrypted(Optional.empty(), parts.stream().skip(2).findFirst()));
        }
        if (words.size() >= 2 && words.get(1).equalsIgnoreCase("encrypted")) {
            return Optional.of(encrypted(Optional.empty(), Optional.of(words.get(0))));
        }
        return Optional.empty();
    }

    private static Encrypted encrypted(Optional<TlsVersion> version, Optional<String> cipher) {
        Optional<String> suite = cipher.filter(text -> !text.isBlank()).map(text -> CleanText.of(text, LONGEST));
        return new Encrypted(version.or(() -> suite.flatMap(TlsClaims::versionOf)), suite);
    }

    /** The version that a suite belongs to, if it is of one only. AEAD came with TLS 1.2 (RFC 5246 §6.2.3.3). */
    private static Optional<TlsVersion> versionOf(String suite) {
        String name = suite.toUpperCase(Locale.ROOT);
        if (TLS_1_3_SUITES.contains(name)) {
            return Optional.of(TlsVersion.TLS_1_3);
        }
        boolean named = !name.startsWith("TLS_") || name.contains("_WITH_");
        boolean aead = name.contains("GCM") || name.contains("CHACHA20") || name.contains("CCM");
        return named && aead ? Optional.of(TlsVersion.TLS_1_2) : Optional.empty();
    }

    /** {@code TLSv1.3}, {@code TLS1_3}, {@code TLS1.3}; empty for {@code TLSv1/SSLv3}, which is a family of suites and no version. */
    static Optional<TlsVersion> version(String word) {
        return switch (word.toUpperCase(Locale.ROOT).replace('_', '.').replace("V", "")) {
            case "TLS1.3" -> Optional.of(TlsVersion.TLS_1_3);
            case "TLS1.2" -> Optional.of(TlsVersion.TLS_1_2);
            case "TLS1.1" -> Optional.of(TlsVersion.TLS_1_1);
            case "TLS1", "TLS1.0" -> Optional.of(TlsVersion.TLS_1_0);
                // There is no word for anything older, and nothing accepts either.
            case "SSL3", "SSL3.0", "SSL2", "SSL2.0" -> Optional.of(TlsVersion.SSL_3);
            default -> Optional.empty();
        };
    }

    private static boolean isTlsName(String word) {
        return startsWith(word, "TLS") || startsWith(word, "SSL");
    }

    private static boolean isSuite(String field) {
        return field.indexOf('-') > 0 || field.indexOf('_') > 0;
    }

    private static Optional<String> after(List<String> words, String key) {
        for (int at = 0; at + 1 < words.size(); at++) {
            if (words.get(at).equalsIgnoreCase(key)) {
                return Optional.of(words.get(at + 1));
            }
        }
        return Optional.empty();
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
