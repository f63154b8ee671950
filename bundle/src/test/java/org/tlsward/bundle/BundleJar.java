/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** One of the two JARs that this module builds, and the James that it is for. The build passes both in. */
enum BundleJar {
    JAMES_38("38"),
    JAMES_39("39");

    private final String version;

    BundleJar(String version) {
        this.version = version;
    }

    /** Class files by internal name. */
    Map<String, byte[]> classes() throws IOException {
        var classes = new TreeMap<String, byte[]>();
        try (var jar = open()) {
            for (var entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    String name = entry.getName().replaceFirst("\\.class$", "");
                    classes.put(name, jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return classes;
    }

    /** All files, without the directories. */
    SortedSet<String> fileNames() throws IOException {
        var names = new TreeSet<String>();
        try (var jar = open()) {
            jar.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
        }
        return names;
    }

    JarFile open() throws IOException {
        return new JarFile(new File(System.getProperty("tlsward.jar" + version)));
    }

    /** What this James ships, as far as the registry holds it. */
    List<Path> james() throws IOException {
        String classPath = Files.readString(Path.of(System.getProperty("tlsward.classpath" + version)));
        return Arrays.stream(classPath.strip().split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    /** What somebody read in the sources of this James about the artifacts that the registry lacks. */
    SourceFacts facts() throws IOException {
        return this == JAMES_39
                ? SourceFacts.read(Path.of("src/test/resources/james39-source-facts.txt"))
                : SourceFacts.none();
    }

    LinkCheck.Result linkCheck(Map<String, byte[]> classes) throws IOException {
        return linkCheck(classes, facts());
    }

    LinkCheck.Result linkCheck(Map<String, byte[]> classes, SourceFacts facts) throws IOException {
        try (var shapes = new ClassShapes(classes, james(), facts)) {
            return LinkCheck.of(classes, shapes, facts);
        }
    }
}
