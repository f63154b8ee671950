/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * In which language to write to the sender of a mail. The first that answers rules: the configuration, the domain of the sender (or
 * the nearest parent of it), what the mail says of its reader, what the mail is written in, the default.
 *
 * @param always the language of the configuration, for everybody
 * @param senderDomains by domain, in lower case
 * @param otherwise the default
 */
public record LanguageRules(Optional<Language> always, Map<String, Language> senderDomains, Language otherwise) {
    private static final int LONGEST_HEADER = 1000;

    /** Copies its arguments. */
    public LanguageRules {
        senderDomains = Map.copyOf(senderDomains);
    }

    /** The language.
     *
     * @param sender of the envelope; empty for the null sender
     * @param acceptLanguage the header {@code Accept-Language} (RFC 3282 §3), if there is one
     * @param contentLanguage the header {@code Content-Language} (RFC 3282 §2), if there is one
     */
    public Language choose(String sender, Optional<String> acceptLanguage, Optional<String> contentLanguage) {
        return always.or(() -> ofSender(sender))
                .or(() -> acceptLanguage.flatMap(LanguageRules::preferred))
                .or(() -> contentLanguage.flatMap(LanguageRules::preferred))
                .orElse(otherwise);
    }

    private Optional<Language> ofSender(String sender) {
        String domain = sender.substring(sender.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        while (!domain.isEmpty()) {
            Language language = senderDomains.get(domain);
            if (language != null) {
                return Optional.of(language);
            }
            int dot = domain.indexOf('.');
            domain = dot < 0 ? "" : domain.substring(dot + 1);
        }
        return Optional.empty();
    }

    /**
     * One language of a header with its weight.
     *
     * @param language what we know of the tag
     * @param weight from 0 to 1
     */
    private record Weighted(Optional<Language> language, double weight) {}

    /** The language of ours with the greatest weight; of equals the first. */
    private static Optional<Language> preferred(String header) {
        String bounded = header.substring(0, Math.min(header.length(), LONGEST_HEADER));
        List<Weighted> ours = Arrays.stream(bounded.split(",", -1))
                .map(LanguageRules::weighted)
                .filter(one -> one.language().isPresent() && one.weight() > 0)
                .toList();
        // A stable sort: of equal weights the first stays first.
        return ours.stream()
                .sorted(Comparator.comparing(Weighted::weight).reversed())
                .findFirst()
                .flatMap(Weighted::language);
    }

    private static Weighted weighted(String item) {
        String[] parts = item.split(";", -1);
        double weight = 1;
        for (int part = 1; part < parts.length; part++) {
            String parameter = parts[part].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                String digits = parameter.substring(2).strip();
                // What is no weight is not wanted.
                weight = digits.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(digits) : 0;
            }
        }
        return new Weighted(Language.of(parts[0]), weight);
    }
}
