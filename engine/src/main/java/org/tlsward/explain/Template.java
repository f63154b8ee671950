/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence with parameters in braces.
 *
 * @param text for example <code>we try until {until}</code>
 */
public record Template(String text) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    /** The names of its parameters. */
    public Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>();
        PARAMETER.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The sentence. Braces in a value are text. */
    public String fill(Map<String, String> values) {
        return PARAMETER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private String value(MatchResult found, Map<String, String> values) {
        String value = values.get(found.group(1));
        if (value == null) {
            throw new IllegalArgumentException("no value for " + found.group() + " of \"" + text + "\"");
        }
        return value;
    }
}
