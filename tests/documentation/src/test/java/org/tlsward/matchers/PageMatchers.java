/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.matchers;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.mailet.Matcher;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMatcherConfig;

/** Lets a matcher of ours read the condition of a page, as James would at the start. */
public final class PageMatchers {
    private PageMatchers() {}

    /**
     * What the matcher says about its condition; empty if nothing.
     *
     * @param classes those that the page, or the reference configuration, declares
     */
    public static String problem(Class<?> type, String condition, Set<String> classes) {
        try {
            if (ClassMatcher.class.isAssignableFrom(type)) {
                ClassNames.parse(type.getSimpleName(), condition, classes);
                return "";
            }
            FakeMatcherConfig.Builder config = FakeMatcherConfig.builder()
                    .matcherName(type.getSimpleName())
                    .mailetContext(FakeMailContext.defaultContext());
            make(type).init((condition.isEmpty() ? config : config.condition(condition)).build());
            return "";
        } catch (MessagingException e) {
            return e.getMessage();
        }
    }

    private static Matcher make(Class<?> type) {
        try {
            Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                    .min(Comparator.comparing(Constructor::getParameterCount))
                    .orElseThrow();
            constructor.setAccessible(true);
            return (Matcher) constructor.newInstance(new Object[constructor.getParameterCount()]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made without a server", e);
        }
    }
}
