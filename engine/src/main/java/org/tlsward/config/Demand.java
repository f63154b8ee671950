/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementBuilder;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

/**
 * What an element with the attributes {@code level}, {@code observe}, {@code minimum}, {@code names}, {@code sha256} and
 * {@code forwardSecrecy} demands.
 *
 * @param level the word
 * @param required enforced
 * @param observe only evaluated and recorded
 */
record Demand(TlsLevel level, Requirement required, Optional<Requirement> observe) {
    private static final Set<TlsLevel> DEMAND_NOTHING = Set.of(TlsLevel.NONE, TlsLevel.MAY, TlsLevel.DANE);

    /** Conditions beside the level. Every one of them implies TLS. */
    private record Conditions(
            Optional<TlsVersion> minimum,
            boolean forwardSecrecy,
            Optional<List<NamePattern>> names,
            Optional<List<String>> pins) {

        Requirement with(TlsLevel level) {
            RequirementBuilder builder = Requirement.builder();
            minimum.ifPresent(builder::minimum);
            names.ifPresent(builder::names);
            pins.ifPresent(builder::pins);
            if (forwardSecrecy) {
                builder.forwardSecrecy();
            }
            // Explicit names replace the next hop, which is only what secure falls back on.
            boolean named = level == TlsLevel.SECURE && names.isPresent();
            return builder.build()
                    .join(named ? Requirement.builder().validChain().build() : level.requirement());
        }

        /** The conditions that hold although nothing looks at the certificate at the enforced level. */
        Conditions withoutWhatOnlyIsFor(Optional<TlsLevel> observed) {
            return new Conditions(
                    minimum,
                    forwardSecrecy,
                    observed.equals(Optional.of(TlsLevel.SECURE)) ? Optional.empty() : names,
                    observed.equals(Optional.of(TlsLevel.FINGERPRINT)) ? Optional.empty() : pins);
        }
    }

    /** Reads the attributes; without {@code level} that of the profile holds, else {@code may}. */
    static Demand read(Element element, Optional<Profile> profile) {
        Optional<TlsLevel> written = element.value("level", Syntax.LEVEL);
        Optional<TlsLevel> observed = element.value("observe", Syntax.LEVEL);
        TlsLevel level = written.orElseGet(() -> profile.map(Profile::level).orElse(TlsLevel.MAY));
        Conditions conditions = new Conditions(
                element.value("minimum", Syntax.TLS_VERSION),
                element.value("forwardSecrecy", Syntax.FLAG).orElse(false),
                element.value("names", Syntax.NAMES),
                element.value("sha256", Syntax.DIGESTS));
        // Where any certificate will do, names and pins belong to the stricter level that is observed.
        Conditions enforced = DEMAND_NOTHING.contains(level) || level == TlsLevel.ENCRYPT
                ? conditions.withoutWhatOnlyIsFor(observed)
                : conditions;
        checkProfile(element, profile, written);
        checkConditions(element, level, enforced);
        checkPins(element, "level", Optional.of(level));
        checkPins(element, "observe", observed);
        Requirement required =
                enforced.with(level).join(profile.map(Profile::outbound).orElse(Requirement.NOTHING));
        Optional<Requirement> observe =
                observed.map(stricter -> conditions.with(stricter).join(required));
        // The same level is what is left when an observed one is put in force: harmless.
        if (!observed.equals(Optional.of(level))) {
            observe.ifPresent(requirement -> checkObserve(element, level, required, requirement));
        }
        return new Demand(level, required, observe);
    }

    private static void checkProfile(Element element, Optional<Profile> profile, Optional<TlsLevel> written) {
        if (profile.isEmpty()) {
            return;
        }
        written.filter(level -> !profile.get().admits(level))
                .ifPresent(level -> element.problem(
                        "level",
                        lowers(profile.get(), level.word(), profile.get().admittedWords())));
        boolean noSecrecy =
                element.attribute("forwardSecrecy").filter("false"::equals).isPresent();
        if (noSecrecy && profile.get().outbound().forwardSecrecy()) {
            element.problem("forwardSecrecy", lowers(profile.get(), "false", "true"));
        }
    }

    /** The message about a value that is weaker than the profile of its class. */
    static String lowers(Profile profile, String value, String expected) {
        return "\"" + value + "\" is weaker than the profile " + profile.word() + " (expected: " + expected
                + "; or take the profile away)";
    }

    private static void checkConditions(Element element, TlsLevel level, Conditions enforced) {
        if (!DEMAND_NOTHING.contains(level)) {
            return;
        }
        Stream.of(
                        enforced.minimum().map(any -> "minimum"),
                        enforced.names().map(any -> "names"),
                        enforced.pins().map(any -> "sha256"),
                        Optional.of("forwardSecrecy").filter(any -> enforced.forwardSecrecy()))
                .flatMap(Optional::stream)
                .forEach(attribute -> element.problem(
                        attribute,
                        "level \"" + level.word() + "\" does not even require TLS, so that this cannot be required"
                                + " (expected: level=\"encrypt\" or stricter beside it)"));
    }

    private static void checkPins(Element element, String attribute, Optional<TlsLevel> level) {
        if (level.equals(Optional.of(TlsLevel.FINGERPRINT)) && !element.has("sha256")) {
            element.problem(
                    attribute, "\"fingerprint\" needs sha256 beside it (expected: " + Syntax.DIGESTS.expected() + ")");
        }
    }

    private static void checkObserve(Element element, TlsLevel level, Requirement required, Requirement observe) {
        if (observe.never() || required.atLeast(observe)) {
            element.problem(
                    "observe",
                    "there is nothing to observe beyond level \"" + level.word()
                            + "\" (expected: a stricter level, or no observe at all)");
        }
    }
}
