/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import java.util.Optional;
import org.tlsward.site.Page.Block;

/** Classes as James looks them up: with their package, or in the packages that it knows. */
final class JamesClasses {
    private static final List<String> MAILETS = List.of(
            "",
            "org.apache.james.transport.mailets.",
            "org.apache.james.transport.mailets.managesieve.",
            "org.apache.james.jdkim.mailets.");
    private static final List<String> MATCHERS = List.of(
            "",
            "org.apache.james.transport.matchers.",
            "org.apache.james.transport.matchers.dlp.",
            "org.apache.james.mailetcontainer.impl.matchers.");

    private JamesClasses() {}

    static Optional<Class<?>> mailet(String name) {
        return any(MAILETS, name);
    }

    static Optional<Class<?>> matcher(String name) {
        return any(MATCHERS, name);
    }

    private static Optional<Class<?>> any(List<String> packages, String name) {
        return packages.stream()
                .map(some -> some + name)
                .map(JamesClasses::named)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Class<?>> named(String name) {
        try {
            return Optional.of(Class.forName(name, false, JamesClasses.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    static Class<?> checkThere(Block block, int line, String name) {
        return named(name)
                .or(() -> inTheBundle(name))
                .orElseThrow(
                        () -> new Mistake(block.page(), line, "unknown class", name, "one of James or of TLS Ward"));
    }

    /** The bundle is on no class path here: its libraries are relocated. Its own classes are few. */
    private static Optional<Class<?>> inTheBundle(String name) {
        boolean source =
                java.nio.file.Files.exists(Project.path("bundle/src/main/java/" + name.replace('.', '/') + ".java"));
        return source ? Optional.of(Object.class) : Optional.empty();
    }
}
