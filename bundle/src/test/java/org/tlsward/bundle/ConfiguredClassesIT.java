/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference configurations name classes that are there, in our JAR or in the James that it is for. */
class ConfiguredClassesIT {
    private static final Path CONF = Path.of("../conf");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    /** Where James reads names of classes: attributes of XML, and values of properties. */
    private static final Pattern NAME = Pattern.compile(
            "(?:[\"=,]|^)((?:org\\.tlsward|org\\.apache\\.james)\\.[a-zA-Z0-9_.]*\\.[A-Z][A-Za-z0-9_]*)", Pattern.MULTILINE);

    @Test
    void classesThatConfNamesShouldBeInJames38() throws Exception {
        assertThat(missing(BundleJar.JAMES_38, names(files(CONF)))).isEmpty();
    }

    @Test
    void classesThatConfJames39NamesShouldBeInJames39() throws Exception {
        Map<String, Path> files = files(CONF);
        files.putAll(files(CONF.resolve("james39")));
        Set<String> read = Files.readAllLines(Path.of("src/test/resources/james39-named-classes.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" from ", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing(BundleJar.JAMES_39, names(files))).isEqualTo(read);
    }

    /** What is active in conf/james39 and nowhere else has to be looked at, too. */
    @Test
    void handlersOfBothShouldBeFound() throws Exception {
        assertThat(names(files(CONF))).contains("org.tlsward.hooks.TlsWardHandlers", "org.tlsward.james.TlsWardModule");
        assertThat(names(files(CONF.resolve("james39"))))
                .contains("org.tlsward.hooks.TlsWardNoAuthHandlers")
                .noneMatch(name -> name.contains("SmtpRequireTls"));
    }

    private static Map<String, Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".xml")
                            || file.toString().endsWith(".properties"))
                    .filter(file -> !file.endsWith("logback.xml")) // names of loggers
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(), file -> file, (a, b) -> b, TreeMap::new));
        }
    }

    private static Set<String> names(Map<String, Path> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files.values()) {
            List<String> lines = COMMENT.matcher(Files.readString(file))
                    .replaceAll("")
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            NAME.matcher(String.join("\n", lines)).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    private static Set<String> missing(BundleJar jar, Set<String> names) throws IOException {
        try (var shapes = new ClassShapes(jar.classes(), jar.james(), SourceFacts.none())) {
            return names.stream()
                    .filter(name -> shapes.find(name.replace('.', '/')).isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
