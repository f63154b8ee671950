/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.Mailet;
import org.apache.mailet.base.test.FakeMailContext;
import org.apache.mailet.base.test.FakeMailetConfig;

/** Lets a mailet of ours read the parameters of a page, as James would at the start. */
public final class PageMailets {
    private static final Pattern EXPECTED = Pattern.compile("\\(expected: (?!none\\))(.*)\\)");

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
    public static Set<String> parameters(Class<?> type) {
        Matcher matcher = EXPECTED.matcher(problem(type, Map.of("no-such-parameter", "1")));
        Set<String> names =
                new TreeSet<>(matcher.find() ? List.of(matcher.group(1).split(", ")) : List.of());
        // James' own, for every mailet
        names.remove("onMailetException");
        return names;
    }

    /** The smallest set of parameters with this one. */
    public static Map<String, String> with(Class<?> type, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>();
        if (type.equals(TlsRemoteDelivery.class)) {
            all.put("withheldProcessor", "tls-withheld");
            all.put("bounceProcessor", "bounces");
        } else if (type.equals(QuarantineWithheld.class)) {
            all.put("repositoryPath", "memory://var/mail/tls-withheld/");
        }
        all.put(name, value);
        return all;
    }

    /** True if a value makes another mailet than no value does. */
    public static boolean changes(Class<?> type, String name, String value) {
        Map<String, String> with = with(type, name, value);
        Map<String, String> without = new LinkedHashMap<>(with);
        without.remove(name);
        if (!problem(type, with).isEmpty() || !problem(type, without).isEmpty()) {
            return true;
        }
        return type.equals(TlsRemoteDelivery.class)
                ? !parameters(with).equals(parameters(without))
                : !state(type, with).equals(state(type, without));
    }

    private static DeliveryParameters parameters(Map<String, String> parameters) {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder().mailetName("TlsRemoteDelivery");
        parameters.forEach(config::setProperty);
        try {
            return DeliveryParameters.read(config.build());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The plain fields of a mailet after it has read its parameters. */
    private static Map<String, Object> state(Class<?> type, Map<String, String> parameters) {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName(type.getSimpleName())
                .mailetContext(FakeMailContext.defaultContext());
        parameters.forEach(config::setProperty);
        Mailet mailet = make(type);
        try {
            mailet.init(config.build());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (NullPointerException e) {
            // what comes after the parameters
        }
        return plain(mailet, 0);
    }

    private static Map<String, Object> plain(Object object, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : object.getClass().getDeclaredFields()) {
            try {
                field.setAccessible(true);
                Object value = field.get(object);
                boolean ours = value != null && value.getClass().getName().startsWith("org.tlsward.mailets.");
                if (!Modifier.isStatic(field.getModifiers()) && ours && depth < 2) {
                    fields.put(field.getName(), plain(value, depth + 1));
                } else if (!Modifier.isStatic(field.getModifiers()) && isValue(value)) {
                    fields.put(field.getName(), value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return fields;
    }

    private static boolean isValue(Object value) {
        return value instanceof Record
                || value instanceof Enum<?>
                || value instanceof String
                || value instanceof Boolean
                || value instanceof java.util.Collection<?>;
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
