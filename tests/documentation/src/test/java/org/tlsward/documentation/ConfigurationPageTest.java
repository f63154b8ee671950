/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tlsward.config.EvidenceSettings;
import org.tlsward.config.PageConfiguration;
import org.tlsward.documentation.ConfigurationPage.Row;
import org.tlsward.mailets.PageMailets;

/** {@code docs/configuration.md} has every key that is read, and none that is not; its defaults and values are those of the code. */
class ConfigurationPageTest {
    private static final Pattern PUBLIC_CLASS = Pattern.compile("(?m)^public (?:final )?class (\\w+)");
    private static final Pattern VARIABLE = Pattern.compile("\\bTLSWARD_[A-Z_]+\\b");

    private final ConfigurationPage page = ConfigurationPage.read();

    @Test
    void pageShouldHaveExactlyTheKeysOfTheReader() {
        Set<String> shown = new TreeSet<>(Set.of("tlsward"));
        page.below("tlsward.xml").forEach((path, rows) -> {
            String place = path.equals("tlsward") ? path : "tlsward/" + path;
            shown.add(place);
            rows.forEach(row -> shown.add(
                    row.key().startsWith("<")
                            ? place + "/" + row.key().replaceAll("[<>]", "")
                            : place + "@" + row.key()));
        });

        assertThat(shown).isEqualTo(PageConfiguration.keys());
    }

    /** A default that is written out changes nothing: the reader makes the same of it as of nothing. */
    @TestFactory
    Stream<DynamicTest> defaultsShouldBeThoseOfTheReader() {
        List<DynamicTest> tests = new ArrayList<>();
        page.below("tlsward.xml").forEach((path, rows) -> rows.stream()
                .filter(row -> row.cells().size() == 4 && !row.literal(2).isEmpty())
                .forEach(row -> tests.add(dynamicTest(path + "@" + row.key() + " " + row.literal(2), () -> {
                    Object without =
                            PageConfiguration.read(Project.target("tlsward"), SmallestFile.with(path, Map.of()));
                    Object with = PageConfiguration.read(
                            Project.target("tlsward"), SmallestFile.with(path, Map.of(row.key(), row.literal(2))));
                    assertThat(with).usingRecursiveComparison().isEqualTo(without);
                }))));
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    /** The usual folder is found when the server knows its own. */
    @Test
    void evidenceShouldBeInTheFolderOfThePage() {
        Row path = page.of("tlsward.xml/evidence").get(0);

        assertThat(path.key()).isEqualTo("path");
        assertThat(path.codes(2).get(0).replace("file://", ""))
                .isEqualTo(Path.of("/").toAbsolutePath().relativize(EvidenceSettings.DEFAULT.directory(Path.of("/var")))
                        + "/");
    }

    @TestFactory
    Stream<DynamicTest> valuesShouldBeTakenByTheReader() {
        List<DynamicTest> tests = new ArrayList<>();
        page.below("tlsward.xml").forEach((path, rows) -> rows.stream()
                .filter(row -> row.cells().size() == 4 && isEnumeration(row))
                .forEach(row -> row.codes(1)
                        .forEach(value -> tests.add(dynamicTest(
                                path + "@" + row.key() + "=" + value,
                                () -> PageConfiguration.read(
                                        Project.target("tlsward"),
                                        SmallestFile.with(path, Map.of(row.key(), value))))))));
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    /** Nothing but values, each of them code. */
    private static boolean isEnumeration(Row row) {
        return row.cells().get(1).matches("`[^`]+`(, `[^`]+`)*");
    }

    @TestFactory
    Stream<DynamicTest> mailetsShouldHaveExactlyTheirParameters() throws IOException {
        Map<String, List<Row>> shown = page.below("Mailets");
        assertThat(shown.keySet()).containsExactlyInAnyOrderElementsOf(publicClasses("mailets", "Mailet"));
        return shown.entrySet().stream()
                .map(section -> dynamicTest(section.getKey(), () -> {
                    Class<?> type = Class.forName("org.tlsward.mailets." + section.getKey());
                    assertThat(section.getValue())
                            .extracting(Row::key)
                            .containsExactlyInAnyOrderElementsOf(PageMailets.parameters(type));
                    for (Row row : section.getValue()) {
                        String usual = row.literal(2);
                        if (!usual.isEmpty()) {
                            assertThat(PageMailets.changes(type, row.key(), usual))
                                    .as(row.key() + "=" + usual)
                                    .isFalse();
                        }
                        if (isEnumeration(row)) {
                            row.codes(1).forEach(value -> assertThat(
                                            PageMailets.problem(type, PageMailets.with(type, row.key(), value)))
                                    .as(value)
                                    .isEmpty());
                        }
                    }
                }));
    }

    @Test
    void pageShouldHaveEveryMatcher() throws IOException {
        assertThat(page.of("Matchers"))
                .extracting(Row::key)
                .containsExactlyInAnyOrderElementsOf(publicClasses("matchers", "Matcher"));
    }

    @Test
    void pageShouldHaveEveryHook() throws IOException {
        Set<String> hooks = publicClasses("smtp-hooks", "");
        // These work for the gate and are no hooks.
        hooks.removeIf(name -> !name.endsWith("Handlers") && !isHook(name));

        assertThat(page.of("Hooks")).extracting(Row::key).containsExactlyInAnyOrderElementsOf(hooks);
    }

    private static boolean isHook(String name) {
        try {
            return Stream.of(Class.forName("org.tlsward.hooks." + name).getInterfaces())
                            .anyMatch(some -> some.getName().startsWith("org.apache.james.protocols."))
                    || !Class.forName("org.tlsward.hooks." + name)
                            .getSuperclass()
                            .equals(Object.class)
                    || Stream.of(Class.forName("org.tlsward.hooks." + name).getInterfaces())
                            .anyMatch(some -> some.getName().startsWith("org.apache.james.smtpserver."));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> publicClasses(String module, String kind) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Project.path(module + "/src/main/java"))) {
            for (Path file :
                    files.filter(some -> some.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                PUBLIC_CLASS
                        .matcher(source)
                        .results()
                        .map((MatchResult some) -> some.group(1))
                        .filter(name -> kind.isEmpty() || source.contains("class " + name + " extends "))
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** Scripts, image, configuration and commands. */
    @Test
    void pageShouldHaveEveryVariable() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String place : List.of("conf", "james-docker", "cli")) {
            try (Stream<Path> files = Files.walk(Project.path(place))) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(ConfigurationPageTest::isSource)
                        .toList()) {
                    VARIABLE.matcher(Files.readString(file))
                            .results()
                            .map(MatchResult::group)
                            .forEach(read::add);
                }
            }
        }
        Set<String> shown = page.of("Environment").stream()
                .map(Row::key)
                .filter(name -> name.startsWith("TLSWARD_"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shown).isEqualTo(read);
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        boolean text = path.matches(".*(\\.java|\\.sh|\\.xml|\\.properties|\\.yml|Dockerfile|/tlsward|\\.txt)");
        return text && !path.contains("/target/") && !path.contains("/src/test/");
    }

    @Test
    void pageShouldHaveEveryKeyOfOursInFilesOfJames() throws IOException {
        for (Row row : page.of("Keys in files of James")) {
            String key = row.codes(1).get(0);
            assertThat(JamesWords.all().whole()).as(key).contains(key);
            for (String value : row.codes(2).stream()
                    .filter(some -> some.startsWith("org."))
                    .toList()) {
                assertThat(Project.read("conf/" + row.key())).as(row.key()).contains(value.split(",", -1)[0]);
            }
        }
        assertThat(page.of("Keys in files of James"))
                .extracting(row -> row.codes(1).get(0))
                .contains("tlsward.hosts");
    }

    @Test
    void pageShouldHaveEverySystemProperty() throws IOException {
        Properties jvm = new Properties();
        try (var in = Files.newBufferedReader(Project.path("conf/jvm.properties"))) {
            jvm.load(in);
        }
        List<String> shown = page.of("System properties").stream().map(Row::key).toList();

        assertThat(shown).containsAll(jvm.stringPropertyNames());
        assertThat(shown).allSatisfy(name -> assertThat(JamesWords.all().whole().contains(name)
                        || Project.read("james-docker/run.sh").contains("-D" + name + "="))
                .as(name)
                .isTrue());
    }
}
