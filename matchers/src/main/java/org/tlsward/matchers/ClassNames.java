/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import com.google.common.base.Splitter;
import java.util.Collection;
import java.util.List;
import javax.mail.MessagingException;

/** The condition of the class matchers: one or more class names of {@code tlsward.xml}, separated by commas. */
record ClassNames(List<String> names) {

    /** @throws MessagingException if a name is not a class of the configuration: the start stops */
    static ClassNames parse(String matcher, String condition, Collection<String> known) throws MessagingException {
        List<String> names =
                Splitter.on(',').trimResults().omitEmptyStrings().splitToList(condition == null ? "" : condition);
        for (String name : names) {
            if (!known.contains(name)) {
                throw unexpected(matcher, name, known);
            }
        }
        if (names.isEmpty()) {
            throw unexpected(matcher, "", known);
        }
        return new ClassNames(names);
    }

    private static MessagingException unexpected(String matcher, String value, Collection<String> known) {
        return new MessagingException("mailetcontainer.xml: " + matcher + ": unknown class \"" + value
                + "\" (expected: a class of tlsward.xml: " + String.join(", ", known) + ")");
    }
}
