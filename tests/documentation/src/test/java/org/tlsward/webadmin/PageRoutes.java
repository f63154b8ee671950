/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tlsward.james.WardHealth;
import spark.Service;

/** The routes that WebAdmin gets from us, as they are registered; stands in their package because they are not public. */
public final class PageRoutes {
    /** What Spark keeps in the same list and is no route. */
    private static final Set<String> FILTERS = Set.of("before", "after", "afterafter");

    private static final List<Registered> ALL = registered();

    private PageRoutes() {}

    private record Registered(String method, String pattern) {
        boolean fits(String asked, String path) {
            String[] ours = pattern.split("/", -1);
            String[] theirs = path.split("/", -1);
            if (!method.equals(asked) || ours.length != theirs.length) {
                return false;
            }
            for (int i = 0; i < ours.length; i++) {
                if (!ours[i].startsWith(":") && !ours[i].equals(theirs[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Nothing is asked of what stands behind the routes, so nothing stands there. */
    private static List<Registered> registered() {
        Service service = Service.ignite();
        List<RouteGroup> groups = Arrays.stream(injected(RouteGroups.class).getParameterTypes())
                .map(type -> (RouteGroup) make(type))
                .toList();
        new TlsWardRoutes(null, (WardHealth) null, RouteGroups.of(groups.toArray(RouteGroup[]::new))).define(service);
        new TlsWardPage(null).define(service);
        return service.routes().stream()
                .map(route ->
                        new Registered(route.getHttpMethod().name().toUpperCase(Locale.ROOT), route.getMatchUri()))
                .filter(route -> !FILTERS.contains(route.method().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static Constructor<?> injected(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> Arrays.stream(each.getAnnotations())
                        .anyMatch(some -> some.annotationType().getSimpleName().equals("Inject")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " has no constructor for Guice"));
    }

    /** With the constructor for Guice, or with one for tests, where that one asks the server for something. */
    private static Object make(Class<?> type) {
        List<Constructor<?>> all = Stream.concat(
                        Stream.of(injected(type)), Arrays.stream(type.getDeclaredConstructors()))
                .toList();
        for (Constructor<?> constructor : all) {
            try {
                constructor.setAccessible(true);
                Object[] arguments = Arrays.stream(constructor.getParameterTypes())
                        .map(PageRoutes::argument)
                        .toArray();
                return constructor.newInstance(arguments);
            } catch (InvocationTargetException e) {
                // the next one
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(type + " cannot be made without a server");
    }

    /** What a group would call while it registers itself is made; the rest is left out. */
    private static Object argument(Class<?> type) {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        boolean ours = type.getPackage() != null
                && type.getPackage().equals(PageRoutes.class.getPackage())
                && !Modifier.isAbstract(type.getModifiers());
        boolean guice = ours
                && Arrays.stream(type.getDeclaredConstructors()).anyMatch(each -> each.getAnnotations().length > 0);
        try {
            return guice ? make(type) : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** True if a request would find one of our routes. */
    public static boolean has(String method, String path) {
        return ALL.stream().anyMatch(route -> route.fits(method, path));
    }

    /** For messages: those that begin alike. */
    public static String near(String path) {
        String start = String.join("/", Arrays.copyOf(path.split("/"), 4));
        String near = ALL.stream()
                .filter(route -> route.pattern().startsWith(start))
                .map(route -> route.method() + " " + route.pattern())
                .sorted()
                .collect(Collectors.joining(", "));
        return near.isEmpty() ? "a route of docs/webadmin.md, or of James" : near;
    }
}
