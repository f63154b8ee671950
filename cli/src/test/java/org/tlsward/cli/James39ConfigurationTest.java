/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The files of {@code conf/james39} differ from those of {@code conf} in what docs/james39.md says, and in nothing else. */
class James39ConfigurationTest {
    private static final Path CONF = Path.of("../conf");
    private static final Path CONF_39 = CONF.resolve("james39");

    @TempDir
    Path home;

    /** A row of the table: file, key, value with 3.8, value with 3.9. */
    private static List<List<String>> table() throws IOException {
        String page = Files.readString(Path.of("../docs/james39.md"));
        return page.lines()
                .filter(line ->
                        line.startsWith("| `") && (line.contains(".xml` | `") || line.contains(".properties` | `")))
                .map(line -> Stream.of(line.split("\\|", -1))
                        .map(cell -> cell.strip().replace("`", ""))
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFileShouldReplaceOneAndBeInTheTable() throws IOException {
        Set<String> told = table().stream().map(row -> row.get(0)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(names(CONF_39)).containsExactlyElementsOf(told);
        assertThat(names(CONF)).containsAll(told);
    }

    @Test
    void serversShouldDifferAsTheTableSays() throws Exception {
        Map<String, String> in38 = servers(CONF.resolve("smtpserver.xml"));
        Map<String, String> in39 = servers(CONF_39.resolve("smtpserver.xml"));
        List<List<String>> found = new ArrayList<>();
        Set<String> keys = new TreeSet<>(in38.keySet());
        keys.addAll(in39.keySet());
        for (String key : keys) {
            String before = in38.getOrDefault(key, "-");
            String after = in39.getOrDefault(key, "-");
            if (!before.equals(after)) {
                found.add(List.of("smtpserver.xml", key, before, after));
            }
        }

        assertThat(found)
                .hasSizeGreaterThan(3)
                .containsExactlyInAnyOrderElementsOf(table().stream()
                        .filter(row -> row.get(0).equals("smtpserver.xml"))
                        .toList());
    }

    /** Element paths below each server, and attributes, with their texts; handlers in their order. */
    private static Map<String, String> servers(Path file) throws Exception {
        Map<String, String> values = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file)) {
            NodeList servers = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("smtpserver");
            for (int i = 0; i < servers.getLength(); i++) {
                Element server = (Element) servers.item(i);
                String name = server.getElementsByTagName("jmxName").item(0).getTextContent();
                collect(server, name, values);
            }
        }
        return values;
    }

    private static void collect(Element element, String path, Map<String, String> values) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            add(
                    values,
                    path + "@" + attributes.item(i).getNodeName(),
                    attributes.item(i).getNodeValue());
        }
        boolean leaf = true;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                leaf = false;
                collect(below, path + "/" + below.getTagName(), values);
            }
        }
        if (leaf) {
            add(values, path, element.getTextContent().strip());
        }
    }

    private static void add(Map<String, String> values, String key, String value) {
        values.merge(key, value, (before, after) -> before + " " + after);
    }

    @Test
    void webAdminShouldDifferInACommentOnly() throws IOException {
        assertThat(properties(CONF_39)).isEqualTo(properties(CONF));
        assertThat(Files.readString(CONF_39.resolve("webadmin.properties"))).contains("\n#password=");
        assertThat(Files.readString(CONF.resolve("webadmin.properties"))).doesNotContain("\n#password=");
        assertThat(table()).contains(List.of("webadmin.properties", "password", "-", "in a comment"));
    }

    private static Properties properties(Path directory) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve("webadmin.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void oneOverTheOtherShouldBeClean() throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf"));
        for (Path from : List.of(CONF, CONF_39)) {
            for (String name : names(from)) {
                Files.copy(from.resolve(name), conf.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }

        CommandRun run = CommandRun.of(home, "config", "check", "--conf", "conf");

        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(new CleartextLogins(conf, name -> Optional.empty()).section())
                .isEmpty();
    }
}
