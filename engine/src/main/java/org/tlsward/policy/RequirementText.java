/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A requirement as text, for the attribute {@code tlsward.requirement} and for evidence: {@code v1;} and its conditions in a fixed
 * order, for example {@code v1;encrypted;minimum=TLSv1.2}. Equal requirements have equal texts.
 *
 * <p>What cannot be read is {@link Requirement#UNSATISFIABLE}, so that a mail whose mark is damaged, or was written by a newer
 * version, does not travel as if it had none.
 */
public final class RequirementText {
    private static final String VERSION = "v1";
    private static final String NOTHING = "nothing";
    private static final String MINIMUM = "minimum=";
    private static final String NAMES = "names=";
    private static final String PINS = "pins=";

    private RequirementText() {}

    /** The text of a requirement; it has no blanks and no quotes. */
    public static String format(Requirement required) {
        List<String> words = new ArrayList<>();
        words.add(VERSION);
        flag(words, "encrypted", required.encrypted());
        flag(words, "chain", required.validChain());
        flag(words, "mx-name", required.mxName());
        flag(words, "next-hop-name", required.nextHopName());
        flag(words, "dane", required.daneRequired());
        flag(words, "authenticated", required.authenticated());
        flag(words, "requiretls", required.requireTls());
        flag(words, "forward-secrecy", required.forwardSecrecy());
        required.minimum().ifPresent(minimum -> words.add(MINIMUM + minimum.protocol()));
        required.names().ifPresent(names -> words.add(NAMES + list(names)));
        required.pins().ifPresent(pins -> words.add(PINS + list(pins)));
        flag(words, "never", required.never());
        // Said, not left out: a text that is cut off must not mean less.
        flag(words, NOTHING, required.isEmpty());
        return String.join(";", words);
    }

    private static void flag(List<String> words, String word, boolean set) {
        if (set) {
            words.add(word);
        }
    }

    private static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** The requirement of a text; {@link Requirement#UNSATISFIABLE} if it is no text of {@link #format}. Never throws. */
    public static Requirement parse(String text) {
        RequirementBuilder builder = Requirement.builder();
        String[] words = text.split(";", -1);
        boolean readable = words[0].equals(VERSION);
        for (int i = 1; readable && i < words.length; i++) {
            readable = read(words[i], builder);
        }
        Requirement required = readable ? builder.build() : Requirement.UNSATISFIABLE;
        // Only the canonical text counts: anything else was not written by us.
        return format(required).equals(text) ? required : Requirement.UNSATISFIABLE;
    }

    private static boolean read(String word, RequirementBuilder builder) {
        if (word.startsWith(MINIMUM)) {
            Optional<TlsVersion> version = TlsVersion.of(word.substring(MINIMUM.length()));
            version.ifPresent(builder::minimum);
            return version.isPresent();
        }
        if (word.startsWith(NAMES)) {
            return readNames(word.substring(NAMES.length()), builder);
        }
        if (word.startsWith(PINS)) {
            builder.pins(values(word.substring(PINS.length()), Function.identity()));
            return true;
        }
        return readFlag(word, builder);
    }

    private static boolean readNames(String list, RequirementBuilder builder) {
        try {
            builder.names(values(list, NamePattern::parse));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static <T extends Comparable<T>> NavigableSet<T> values(String list, Function<String, T> parse) {
        return list.isEmpty()
                ? new TreeSet<>()
                : Arrays.stream(list.split(",", -1)).map(parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean readFlag(String word, RequirementBuilder builder) {
        RequirementBuilder known =
                switch (word) {
                    case "encrypted" -> builder.encrypted();
                    case "chain" -> builder.validChain();
                    case "mx-name" -> builder.mxName();
                    case "next-hop-name" -> builder.nextHopName();
                    case "dane" -> builder.dane();
                    case "authenticated" -> builder.authenticated();
                    case "requiretls" -> builder.requireTls();
                    case "forward-secrecy" -> builder.forwardSecrecy();
                    case "never" -> builder.never();
                    case NOTHING -> builder;
                    default -> null;
                };
        return known != null;
    }
}
