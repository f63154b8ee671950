/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A JAR of ours and the libraries that are really inside: not those that a POM names, but those whose files are there.
 *
 * @param name for people: where it is in the zip
 * @param file it
 * @param inside libraries whose classes are mixed into it
 */
record ShippedJar(String name, Path file, List<Library> inside) {
    private static final String OURS = "org/tlsward/";
    private static final String SHADED = OURS + "shaded/";
    /** As bundle/pom.xml relocates them. */
    private static final Map<String, String> RELOCATED = Map.of(
            "org/xbill/DNS/", SHADED + "xbill/",
            "com/github/benmanes/caffeine/", SHADED + "caffeine/");

    private static final Set<String> MADE_BY_THE_BUILD =
            Set.of("META-INF/MANIFEST.MF", "META-INF/LICENSE", "META-INF/NOTICE");

    /** What could be inside is what stood on the class path of its module. */
    static ShippedJar of(String name, Path file, ClassPath classPath, Libraries libraries) throws IOException {
        Map<String, Long> files = files(file);
        Set<String> unclaimed = new HashSet<>(files.keySet());
        unclaimed.removeIf(ShippedJar::isOurs);
        List<Library> inside = new ArrayList<>();
        for (ClassPath.Entry candidate : classPath.libraries()) {
            if (claim(candidate, files, unclaimed)) {
                inside.add(libraries.library(candidate, Licences.Place.INSIDE));
            }
        }
        if (!unclaimed.isEmpty()) {
            throw new UnfitForReleaseException(name + ": nobody knows where these come from: "
                    + unclaimed.stream().sorted().limit(10).toList());
        }
        return new ShippedJar(name, file, inside);
    }

    /** True if classes of this library are there; then all files of it that are there are accounted for. */
    private static boolean claim(ClassPath.Entry candidate, Map<String, Long> files, Set<String> unclaimed)
            throws IOException {
        Map<String, Long> theirs = files(candidate.jar());
        boolean inside = theirs.keySet().stream()
                .filter(each -> each.endsWith(".class") && !each.endsWith("module-info.class"))
                .anyMatch(each -> unclaimed.contains(relocated(each)) || unclaimed.contains(each));
        if (!inside) {
            return false;
        }
        for (Map.Entry<String, Long> their : theirs.entrySet()) {
            String name = their.getKey();
            boolean differs = name.endsWith(".class")
                    && files.containsKey(name)
                    && !files.get(name).equals(their.getValue());
            if (differs) {
                throw new UnfitForReleaseException(
                        candidate.coordinates() + ": " + name + " differs in the JAR of ours");
            }
            unclaimed.remove(name);
            unclaimed.remove(relocated(name));
        }
        return true;
    }

    private static boolean isOurs(String name) {
        return MADE_BY_THE_BUILD.contains(name) || (name.startsWith(OURS) && !name.startsWith(SHADED));
    }

    private static String relocated(String name) {
        for (Map.Entry<String, String> move : RELOCATED.entrySet()) {
            if (name.startsWith(move.getKey())) {
                return move.getValue() + name.substring(move.getKey().length());
            }
        }
        return name;
    }

    /** Names and checksums. */
    private static Map<String, Long> files(Path file) throws IOException {
        Map<String, Long> files = new HashMap<>();
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream().filter(each -> !each.isDirectory()).forEach(each -> files.put(each.getName(), crc(each)));
        }
        return files;
    }

    private static Long crc(ZipEntry entry) {
        return entry.getCrc();
    }
}
