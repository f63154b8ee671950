/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} by the variable of the environment, so that secrets need not stand in the file. Commons Configuration
 * could look up more (files, constants of classes and, by a system property, scripts, URLs and DNS); that is not asked at all, because a
 * policy must not depend on it. {@code $$} before a brace stands for a single dollar sign.
 */
final class EnvironmentReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\$)?\\{([^}]*)(}?)");
    private static final String PREFIX = "env:";

    private final Function<String, Optional<String>> environment;

    EnvironmentReferences(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /**
     * The text with its references replaced.
     *
     * @throws IllegalArgumentException with a message that says what is wrong with a reference; never with the value of a variable
     */
    String resolve(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String replacement = matcher.group(1) != null ? matcher.group().substring(1) : value(matcher);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
        }
        return matcher.appendTail(resolved).toString();
    }

    private String value(Matcher matcher) {
        String reference = matcher.group(2);
        if (matcher.group(3).isEmpty() || !reference.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "unsupported reference \"" + matcher.group() + "\" (expected: ${env:NAME}; $${ stands for ${)");
        }
        String name = reference.substring(PREFIX.length());
        return environment
                .apply(name)
                .orElseThrow(() -> new IllegalArgumentException("the environment has no variable \"" + name + "\""));
    }
}
