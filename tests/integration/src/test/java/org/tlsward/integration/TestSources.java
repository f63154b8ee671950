/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The tests of all modules, found in their sources: nothing has to be built, and no module has to depend on another. */
final class TestSources implements RfcCoverage.Tests {
    private static final Pattern ANNOTATION =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example|FuzzTest)\\b");
    private static final Path TEST_FOLDER = Path.of("src", "test", "java");
    /** Where builds and servers write while the tests run. */
    private static final Set<String> NO_SOURCES = Set.of("target", "run", ".git");

    private static final String SOURCE = ".java";
    private static final String DIALOG = ".smtp";
    private static final Path SCENARIOS = Path.of("docs", "scenarios.md");
    private static final Pattern SCENARIO = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);

    private final Map<String, String> classes = new HashMap<>();
    private final Set<String> others = new HashSet<>();

    private TestSources() {}

    /** Everything below a folder. */
    static TestSources below(Path root) throws IOException {
        TestSources sources = new TestSources();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NO_SOURCES.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                sources.add(root.relativize(file), file);
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    private void add(Path relative, Path file) throws IOException {
        String name = relative.getFileName().toString();
        if (name.endsWith(SOURCE) && relative.toString().contains(TEST_FOLDER.toString())) {
            // Two packages may have a test of the same name.
            classes.merge(name.substring(0, name.length() - SOURCE.length()), Files.readString(file), String::concat);
        } else if (name.endsWith(DIALOG) && relative.startsWith(Path.of("tests", "integration", "dialogs"))) {
            others.add(name);
        } else if (relative.equals(SCENARIOS)) {
            // ScenarioTest plays every row of that page.
            SCENARIO.matcher(Files.readString(file)).results().forEach(row -> others.add("scenario " + row.group(1)));
        }
    }

    @Override
    public boolean contain(String name) {
        if (name.endsWith(DIALOG) || name.contains(" ")) {
            return others.contains(name);
        }
        int dot = name.indexOf('.');
        String source = classes.getOrDefault(dot < 0 ? name : name.substring(0, dot), "");
        return dot < 0 ? ANNOTATION.matcher(source).find() : hasTest(source, name.substring(dot + 1));
    }

    /**
     * True if the class has that method, and one of the annotations between it and the member before it makes it a test. A class with
     * tests that are switched off does not count.
     */
    private static boolean hasTest(String source, String method) {
        String declaration = "\\n *(?!return |throw |new )[\\w<>?, ]+ " + Pattern.quote(method) + "\\(";
        return !source.contains("@Disabled")
                && Pattern.compile(ANNOTATION.pattern() + "(?:(?!\\n    }\\n)[\\s\\S])*?" + declaration)
                        .matcher(source)
                        .find();
    }
}
