/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config.postfix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tlsward.config.DestinationLine;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/** Finds the rule that means the same as one entry, or a stricter one. */
final class EntryImport {
    private static final Set<String> LEVELS =
            Set.of("none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure");
    private static final Set<TlsLevel> WITHOUT_TLS = Set.of(TlsLevel.NONE, TlsLevel.MAY, TlsLevel.DANE);

    /** Levels at which nobody looks who has signed the certificate. */
    private static final Set<String> WITHOUT_CHAIN = Set.of("none", "may", "encrypt");

    /** Ciphers that no JVM offers, or that count as no TLS here. */
    private static final Set<String> NEVER_USED = Set.of(
            "anull",
            "enull",
            "null",
            "adh",
            "aecdh",
            "md5",
            "rc4",
            "rc2",
            "idea",
            "seed",
            "des",
            "3des",
            "des-cbc3-sha",
            "exp",
            "export",
            "low",
            "sslv2",
            "psk",
            "srp",
            "dss",
            "adss",
            "camellia",
            "aria");

    /** Key exchanges without forward secrecy. */
    private static final Set<String> STATIC_KEYS = Set.of("krsa", "kecdh", "kdh", "kecdhe:krsa");

    private final PolicyEntry entry;
    private final List<String> obstacles = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Optional<DomainMatch> domains = Optional.empty();
    private Optional<DestinationLine> rule = Optional.empty();

    EntryImport(PolicyEntry entry) {
        this.entry = entry;
    }

    /** Finds the rule; {@code seen} are the keys of earlier entries. */
    void read(Set<String> seen) {
        rule = seen.add(entry.key().toLowerCase(Locale.ROOT))
                ? rule()
                : obstacle("the same key stands further up, and Postfix takes the first");
    }

    /** What came of it. */
    ImportedEntry result() {
        return new ImportedEntry(entry.line(), entry.key(), written().map(DestinationLine::xml), obstacles, remarks);
    }

    /** The rule that is written; empty if none means as much. */
    Optional<DestinationLine> written() {
        return rule.filter(found -> obstacles.isEmpty());
    }

    /** The recipient domains of an entry that has no rule; empty if it has one, or is about no domains of its own. */
    Optional<DomainMatch> unwritten() {
        return written().isPresent() ? Optional.empty() : domains;
    }

    /** True if Postfix would not try TLS. */
    boolean isWithoutTls() {
        return entry.level().equals(TlsLevel.NONE.word());
    }

    /** Takes the rule back: it would count for something that it is too weak for. */
    void giveUp(EntryImport below) {
        obstacles.add("it would count for " + below.entry.key() + " (line " + below.entry.line()
                + ") too, which has no rule of its own, and TLS would not even be tried there");
    }

    /** Says what counts instead of a rule of its own. */
    void fallsTo(DestinationLine parent) {
        remarks.add("the rule for " + parent.match() + " counts for it");
    }

    private Optional<DestinationLine> rule() {
        domains = match();
        if (domains.isEmpty()) {
            return Optional.empty();
        }
        if (!LEVELS.contains(entry.level())) {
            return obstacle("unsupported level \"" + entry.level()
                    + "\" (expected: none, may, encrypt, dane, dane-only, fingerprint, verify or secure)");
        }
        DestinationLine plain =
                DestinationLine.of(domains.get(), TlsLevel.of(entry.level()).orElseThrow());
        DestinationLine named =
                switch (plain.level()) {
                    case FINGERPRINT -> pinned(plain);
                    case VERIFY, SECURE -> named(plain);
                    default -> unnamed(plain);
                };
        otherAttributes();
        return Optional.of(named.atLeast(minimum(named.level())).forwardSecret(excluded(named.level())));
    }

    private <T> Optional<T> obstacle(String why) {
        obstacles.add(why);
        return Optional.empty();
    }

    private Optional<DomainMatch> match() {
        String key = entry.key();
        if (key.startsWith("/") || key.startsWith("!/") || key.equals("if") || key.equals("endif")) {
            return obstacle("patterns cannot be carried over, only keys of an indexed table");
        }
        if (key.startsWith("[") || key.matches(".*:[A-Za-z0-9]+")) {
            return obstacle("it is a next hop, not a recipient domain. Write a destination with via=\"" + key
                    + "\" for each domain that goes there, at level=\"" + entry.level() + "\"");
        }
        try {
            DomainMatch match = DomainMatch.parse(key);
            return match instanceof DomainMatch.Any ? obstacle("\"*\" is no key in Postfix") : Optional.of(match);
        } catch (IllegalArgumentException e) {
            return obstacle("it is no domain");
        }
    }

    private DestinationLine unnamed(DestinationLine line) {
        if (!entry.values("match").isEmpty()) {
            remarks.add("match= means nothing at this level");
        }
        return line;
    }

    private DestinationLine pinned(DestinationLine line) {
        Set<String> digests = new LinkedHashSet<>();
        for (String value : entry.values("match")) {
            for (String digest : value.split("\\|", 0)) {
                String digits = digest.replace(":", "").toLowerCase(Locale.ROOT);
                if (digits.matches("[0-9a-f]{64}")) {
                    digests.add(digits);
                } else {
                    obstacles.add(
                            "\"" + digest + "\" is no SHA-256. Get the SHA-256 of the certificate from its owner");
                }
            }
        }
        if (digests.isEmpty()) {
            obstacles.add("fingerprint without match=");
        }
        remarks.add("digests must be of the certificate; Postfix also takes that of its public key, which matches"
                + " nothing here");
        return line.pinned(List.copyOf(digests));
    }

    /** Names that a certificate may carry, and how each strategy of Postfix is said here. */
    private DestinationLine named(DestinationLine line) {
        Set<String> words = new LinkedHashSet<>();
        entry.values("match").forEach(value -> words.addAll(List.of(value.split("[:|]"))));
        words.removeIf(String::isBlank);
        if (words.isEmpty()) {
            return line; // verify: the MX name; secure: next hop and below. Both are ours, too.
        }
        if (words.equals(Set.of("hostname"))) {
            if (line.level() == TlsLevel.SECURE) {
                remarks.add("match=hostname checks the MX name, which is level verify");
            }
            return DestinationLine.of(line.match(), TlsLevel.VERIFY);
        }
        if (words.remove("hostname")) {
            remarks.add("stricter: \"hostname\" beside other names is left out, the MX name alone is not enough");
        }
        DestinationLine secure = DestinationLine.of(line.match(), TlsLevel.SECURE);
        return words.equals(Set.of("nexthop", "dot-nexthop")) ? secure : secure.named(names(words, line.match()));
    }

    private List<String> names(Set<String> words, DomainMatch match) {
        List<String> names = new ArrayList<>();
        for (String word : words) {
            boolean nextHop = word.equals("nexthop") || word.equals("dot-nexthop");
            if (nextHop && !(match instanceof DomainMatch.Exact)) {
                obstacles.add("\"" + word + "\" is another name for each domain below " + match
                        + ". Write a destination for each of them");
            } else {
                String name = nextHop ? (word.equals("nexthop") ? "" : ".") + match : word;
                try {
                    names.add(NamePattern.parse(name).toString());
                } catch (IllegalArgumentException e) {
                    obstacles.add("\"" + word + "\" is no name of a certificate");
                }
            }
        }
        return names;
    }

    private Optional<TlsVersion> minimum(TlsLevel level) {
        List<String> values = entry.values("protocols");
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Optional<Protocols> protocols = Protocols.parse(values);
        if (protocols.isEmpty()) {
            return obstacle("unsupported protocols=" + String.join(":", values)
                    + " (expected: names like TLSv1.2, !TLSv1.1, >=TLSv1.2)");
        }
        boolean twelve = protocols.get().allows("tlsv1.2");
        boolean thirteen = protocols.get().allows("tlsv1.3");
        if (!twelve && !thirteen) {
            return obstacle("it allows neither TLS 1.2 nor TLS 1.3, and nothing else is spoken here");
        }
        if (!thirteen) {
            remarks.add("TLS 1.3 is used too, where the other side has it");
        }
        if (WITHOUT_TLS.contains(level)) {
            return twelve
                    ? Optional.empty()
                    : obstacle("TLS 1.3 cannot be demanded at a level that does not demand TLS");
        }
        return TlsVersion.of(twelve ? "TLSv1.2" : "TLSv1.3");
    }

    /** True if forward secrecy is to be demanded. */
    private boolean excluded(TlsLevel level) {
        boolean secret = false;
        for (String value : entry.values("exclude")) {
            for (String cipher : value.toLowerCase(Locale.ROOT).split("[:,]+", 0)) {
                boolean staticKey = STATIC_KEYS.contains(cipher);
                secret |= staticKey;
                if (!staticKey && !cipher.isEmpty() && !NEVER_USED.contains(cipher)) {
                    obstacles.add("exclude=" + cipher + " has no counterpart. Take it out if the JVM's list of ciphers"
                            + " (jdk.tls.disabledAlgorithms) will do");
                }
            }
        }
        if (secret && WITHOUT_TLS.contains(level)) {
            obstacles.add("forward secrecy cannot be demanded at a level that does not demand TLS");
        }
        return secret;
    }

    private void otherAttributes() {
        for (PolicyEntry.Attribute attribute : entry.attributes()) {
            switch (attribute.name()) {
                case "match", "protocols", "exclude" -> {
                    // Read above.
                }
                case "ciphers" -> ciphers(attribute.value().toLowerCase(Locale.ROOT));
                case "tafile" -> trustAnchors();
                case "servername" -> remarks.add("servername= is left out: the name of the MX host is sent");
                case "enable_rpk" -> remarks.add("enable_rpk= is left out: certificates only");
                case "connection_reuse" -> remarks.add("connection_reuse= is left out: connections are reused anyway");
                case "policy_type",
                        "policy_domain",
                        "policy_string",
                        "policy_ttl",
                        "mx_host_pattern",
                        "policy_failure" -> remarks.add(attribute.name() + "= is left out: it is about reports only");
                default -> obstacles.add("unknown attribute \"" + attribute.name() + "\"");
            }
        }
    }

    private void trustAnchors() {
        if (WITHOUT_CHAIN.contains(entry.level())) {
            remarks.add("tafile= means nothing at this level");
        } else {
            obstacles.add("tafile= trusts other CAs for one destination, here <trust> is for all."
                    + " Pin the certificate (fingerprint) instead");
        }
    }

    private void ciphers(String grade) {
        switch (grade) {
            case "high", "medium" -> remarks.add("ciphers=" + grade + " is left out: the JVM offers no others");
            case "low", "export", "null" -> remarks.add("stricter: ciphers=" + grade + " is left out");
            default -> obstacles.add("unknown ciphers=" + grade + " (expected: high or medium)");
        }
    }
}
