/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

/**
 * Explains a {@link Situation} in a {@link Language}. Pure.
 *
 * <p>The words are in {@code sentences_*.properties}: for each reason {@code seen.*} (what was seen), {@code todo.*} (what to do; one for
 * all reasons that the same people can mend, unless a reason has its own) and {@code admins.*}; for each source of a rule
 * {@code because.*}.
 */
public final class Sentences {
    private static final int LONGEST_VALUE = 300;

    private Sentences() {}

    /** The explanation. */
    public static Explanation explain(Situation situation, Language language) {
        Phrases phrases = Phrases.in(language);
        return new Explanation(forPeople(situation, language, phrases), forAdmins(situation, phrases));
    }

    /** What was required, by which rule, and what was seen: the part of {@link Explanation#forPeople} that is still true years later. */
    public static String cause(Situation situation, Language language) {
        Phrases phrases = Phrases.in(language);
        return required(situation, phrases) + " " + seen(situation, phrases);
    }

    private static String seen(Situation situation, Phrases phrases) {
        return phrases.say("seen." + situation.reason().word(), Map.of("domain", clean(situation.domain())));
    }

    /** What was seen at that destination, for people. */
    public static String seen(Reason reason, String domain, Language language) {
        return Phrases.in(language).say("seen." + reason.word(), Map.of("domain", clean(domain)));
    }

    /** What exactly is wrong with that host and how it is mended, for its admins. */
    public static String fault(Reason reason, String host, String seen, Language language) {
        return Phrases.in(language).say("admins." + reason.word(), Map.of("host", clean(host), "seen", clean(seen)));
    }

    private static String forPeople(Situation situation, Language language, Phrases phrases) {
        List<String> sentences = new ArrayList<>();
        sentences.add(required(situation, phrases));
        sentences.add(seen(situation, phrases));
        sentences.add(phrases.say(todo(situation, phrases)));
        situation
                .tryUntil()
                .ifPresent(until -> sentences.add(phrases.say("until", Map.of("until", time(until, language)))));
        situation.classes().stream()
                .map(rule -> rule.alternative(language.code()))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(text ->
                        sentences.add(phrases.say("alternative", Map.of("alternative", CleanText.of(text, 1000)))));
        return String.join(" ", sentences);
    }

    private static String required(Situation situation, Phrases phrases) {
        String because = situation.rules().stream()
                .map(rule -> phrases.say("because." + rule.source().word(), Map.of("rule", clean(rule.name()))))
                .distinct()
                .reduce((first, second) -> phrases.say("because.and", Map.of("first", first, "second", second)))
                .map(reasons -> phrases.say("because", Map.of("reasons", reasons)))
                .orElse("");
        if (situation.required().never()) {
            return phrases.say("required.never", Map.of("because", because));
        }
        String how = phrases.say("how." + how(situation.required()));
        return phrases.say("required", Map.of("how", how, "because", because));
    }

    /** The most that is required, in the terms of somebody who knows no technical ones. */
    private static String how(Requirement required) {
        boolean proven = required.validChain()
                || required.daneRequired()
                || required.authenticated()
                || required.requireTls()
                || required.pins().isPresent();
        if (proven) {
            return "proven";
        }
        if (required.minimum().isPresent() || required.forwardSecrecy()) {
            return "modern";
        }
        return required.encrypted() ? "encrypted" : "secured";
    }

    private static String todo(Situation situation, Phrases phrases) {
        String own = "todo." + situation.reason().word();
        String common =
                situation.reason().mender().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return phrases.has(own) ? own : "todo." + common;
    }

    private static String forAdmins(Situation situation, Phrases phrases) {
        Map<String, String> values = Map.of(
                "host", clean(situation.host().orElse(situation.domain())),
                "seen", clean(situation.seen()));
        String fault = phrases.say("admins." + situation.reason().word(), values);
        String rules =
                situation.rules().stream().map(Sentences::rule).distinct().collect(Collectors.joining(", "));
        // The words of RequirementText, which are those of the evidence, without its version.
        String required = RequirementText.format(situation.required())
                .replaceFirst("^v1;", "")
                .replace(";", ", ");
        return phrases.say(
                "admins",
                Map.of("fault", fault, "required", clean(required), "rules", rules.isEmpty() ? "-" : clean(rules)));
    }

    private static String rule(Contribution rule) {
        String level =
                rule.level().map(TlsLevel::word).map(word -> " (" + word + ")").orElse("");
        return rule.source().word() + " " + rule.name() + level;
    }

    static String time(ZonedDateTime time, Language language) {
        return DateTimeFormatter.ofPattern(language.timePattern(), Locale.ROOT).format(time);
    }

    private static String clean(String value) {
        return CleanText.of(value, LONGEST_VALUE);
    }
}
