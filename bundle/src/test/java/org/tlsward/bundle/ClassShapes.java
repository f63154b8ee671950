/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The shapes of all classes that the byte code under test can see. */
final class ClassShapes implements AutoCloseable {
    private final Map<String, byte[]> ours;
    private final List<JarFile> classPath = new ArrayList<>();
    private final SourceFacts facts;
    private final Map<String, Optional<ClassShape>> known = new HashMap<>();

    /** @param ours class files by internal name */
    ClassShapes(Map<String, byte[]> ours, List<Path> classPath, SourceFacts facts) throws IOException {
        this.ours = Map.copyOf(ours);
        this.facts = facts;
        for (Path jar : classPath) {
            this.classPath.add(new JarFile(jar.toFile()));
        }
    }

    /** A class that neither the JAR, the class path, the JDK nor the facts know. Not an error of the check: it is what it looks for. */
    @SuppressWarnings("serial")
    static final class MissingClass extends RuntimeException {
        final String className;

        MissingClass(String className) {
            super(className);
            this.className = className;
        }
    }

    ClassShape get(String name) {
        return find(name).orElseThrow(() -> new MissingClass(name));
    }

    Optional<ClassShape> find(String name) {
        Optional<ClassShape> seen = known.get(name);
        if (seen == null) {
            seen = Optional.ofNullable(ours.get(name))
                    .or(() -> shipped(name))
                    .map(ClassShape::of)
                    .or(() -> facts.shape(name));
            known.put(name, seen);
        }
        return seen;
    }

    /** Names of facts that were asked for. */
    Set<String> consulted() {
        return known.keySet();
    }

    boolean isOurs(String name) {
        return ours.containsKey(name);
    }

    boolean isShipped(String name) {
        return shipped(name).isPresent();
    }

    /** All supertypes, superclasses first, without the class itself. */
    Stream<ClassShape> ancestors(ClassShape shape) {
        var names = new LinkedHashSet<String>();
        collectAncestors(shape, names);
        return names.stream().map(this::get);
    }

    private void collectAncestors(ClassShape shape, Set<String> names) {
        shape.supertypes().filter(names::add).forEach(parent -> collectAncestors(get(parent), names));
    }

    boolean isSubtype(ClassShape shape, String supertype) {
        return shape.name().equals(supertype)
                || ancestors(shape).map(ClassShape::name).anyMatch(supertype::equals);
    }

    private Optional<byte[]> shipped(String name) {
        String entryName = name + ".class";
        try {
            for (JarFile jar : classPath) {
                var entry = jar.getEntry(entryName);
                if (entry != null) {
                    return Optional.of(jar.getInputStream(entry).readAllBytes());
                }
            }
            try (var jdk = ClassLoader.getPlatformClassLoader().getResourceAsStream(entryName)) {
                return jdk == null ? Optional.empty() : Optional.of(jdk.readAllBytes());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : classPath) {
            jar.close();
        }
    }
}
