/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which files of this project are pages. */
public final class Pages {
    /** Those outside of docs/; upgrade-instructions.md is there from the first release on that needs some. */
    private static final List<String> ELSEWHERE = List.of(
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "upgrade-instructions.md", "tests/benchmarks/README.md");

    private Pages() {}

    /** All of them: first the README, then docs/ by name. */
    public static List<Page> of(Path root) throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : names(root)) {
            pages.add(Page.read(root, name));
        }
        return pages;
    }

    private static List<String> names(Path root) throws IOException {
        List<String> names = new ArrayList<>();
        ELSEWHERE.stream().filter(name -> Files.exists(root.resolve(name))).forEach(names::add);
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }
}
