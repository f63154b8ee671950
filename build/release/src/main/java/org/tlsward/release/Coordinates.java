/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * What Maven calls a library.
 *
 * @param group as in {@code dnsjava}
 * @param artifact as in {@code dnsjava}
 * @param version as in {@code 3.6.3}
 * @param classifier of JARs for one platform; mostly empty
 */
record Coordinates(String group, String artifact, String version, String classifier)
        implements Comparable<Coordinates> {
    private static final int SHORTEST_PATH = 4;

    /** By its path in the local repository; empty for a file elsewhere, which is one of this build. */
    static Optional<Coordinates> of(Path jar, Path repository) {
        if (!jar.startsWith(repository)) {
            return Optional.empty();
        }
        Path path = repository.relativize(jar);
        int count = path.getNameCount();
        if (count < SHORTEST_PATH) {
            throw new UnfitForReleaseException(jar + " does not lie like a library in " + repository);
        }
        String group = path.subpath(0, count - 3).toString().replace('\\', '/').replace('/', '.');
        String artifact = path.getName(count - 3).toString();
        String version = path.getName(count - 2).toString();
        String rest = path.getFileName().toString().substring((artifact + '-' + version).length());
        String classifier = rest.equals(".jar") ? "" : rest.substring(1, rest.length() - ".jar".length());
        return Optional.of(new Coordinates(group, artifact, version, classifier));
    }

    /** Without the version. */
    String key() {
        return group + ':' + artifact;
    }

    /** Package URL; qualifiers stand in the order of the alphabet. */
    String purl() {
        String qualifiers = classifier.isEmpty() ? "?type=jar" : "?classifier=" + classifier + "&type=jar";
        return "pkg:maven/" + group + '/' + artifact + '@' + version + qualifiers;
    }

    /** Where the POM of a library or of its parent lies. */
    Path pom(Path repository) {
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + '-' + version + ".pom");
    }

    @Override
    public int compareTo(Coordinates other) {
        return Comparator.comparing(Coordinates::group)
                .thenComparing(Coordinates::artifact)
                .thenComparing(Coordinates::version)
                .thenComparing(Coordinates::classifier)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return key() + ':' + version + (classifier.isEmpty() ? "" : ':' + classifier);
    }
}
