/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

/** Lets a mailet of ours read the parameters of a page, as James would at the start. */
public final class PageMailets {
    private static final Pattern EXPECTED = Pattern.compile("\\(expected: (.*)\\)");

    private PageMailets() {}

    /** What the mailet says about its parameters; empty if nothing. */
    public static String problem(Class<?> type, Map<String, String> parameters) {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName(type.getSimpleName())
                .mailetContext(FakeMailContext.defaultContext());
        parameters.forEach(config::setProperty);
        try {
            make(type).init(config.build());
            return "";
        } catch (MessagingException e) {
            // A key or folder of the reader is not here; its name is right.
            return e.getMessage().contains("unsupported key") ? "" : e.getMessage();
        } catch (NullPointerException e) {
            // There is no server. What a mailet asks of it comes after its parameters.
            return "";
        }
    }

    /** The parameters that a mailet knows, as it tells whoever gives it another one. */
    public static TreeSet<String> parameters(Class<?> type) {
        Matcher matcher = EXPECTED.matcher(problem(type, Map.of("no-such-parameter", "1")));
        TreeSet<String> names =
                new TreeSet<>(matcher.find() ? List.of(matcher.group(1).split(", ")) : List.of());
        // James' own, for every mailet
        names.remove("onMailetException");
        return names;
    }

    private static Mailet make(Class<?> type) {
        try {
            Constructor<?> constructor = Arrays.stream(type.getDeclaredConstructors())
                    .min(Comparator.comparing(Constructor::getParameterCount))
                    .orElseThrow();
            constructor.setAccessible(true);
            return (Mailet) constructor.newInstance(new Object[constructor.getParameterCount()]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made without a server", e);
        }
    }
}
