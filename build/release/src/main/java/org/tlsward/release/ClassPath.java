/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Maven put on the class path of a module, in the file that its POM has written.
 *
 * @param libraries those of others, sorted
 */
record ClassPath(List<Entry> libraries) {
    /**
     * A library.
     *
     * @param coordinates what Maven calls it
     * @param jar its file
     */
    record Entry(Coordinates coordinates, Path jar) {}

    /** Modules of ours lie in target folders and not in the repository. */
    static ClassPath read(Path file, Path repository) throws IOException {
        return new ClassPath(Stream.of(Files.readString(file).strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .flatMap(jar -> Coordinates.of(jar, repository).map(each -> new Entry(each, jar)).stream())
                .filter(each -> !each.coordinates().group().equals("org.tlsward"))
                .sorted((a, b) -> a.coordinates().compareTo(b.coordinates()))
                .toList());
    }
}
