/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.MemberSpec;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Holds {@code conf/} to what the reader knows, in both directions. */
class ReferenceConfigurationTest {
    private static final Path CONF = Path.of("..", "conf");

    /** A comment that holds an element and not prose. */
    private static final Pattern EXAMPLE = Pattern.compile("<!--\\s*(<.*?>)\\s*-->", Pattern.DOTALL);

    @TempDir
    Path root;

    private static String reference() throws IOException {
        return Files.readString(CONF.resolve("tlsward.xml"));
    }

    private static String withExamples() throws IOException {
        return EXAMPLE.matcher(reference()).replaceAll("$1");
    }

    /** As a James that has all files that the examples name. */
    private WardConfiguration read(String xml) throws IOException {
        Path conf = Files.createDirectories(root.resolve("conf"));
        Files.copy(CONF.resolve("medical-recipients.txt"), conf.resolve("medical-recipients.txt"));
        for (String name :
                List.of("ldap-ca.p12", "klinik.p12", "root.anchors", "ca.p12", "dkim.pem", "quarantine.key")) {
            Files.createFile(conf.resolve(name));
        }
        return readAgain(xml);
    }

    private WardConfiguration readAgain(String xml) throws IOException {
        Path file = Files.writeString(root.resolve("conf").resolve("tlsward.xml"), xml);
        return new WardConfigurationReader(JamesDirectories.below(root), name -> Optional.of("secret-of-" + name))
                .read(file);
    }

    @Test
    void referenceShouldBeTheDemo() throws Exception {
        WardConfiguration configuration =
                new WardConfigurationReader(new JamesDirectories(root, CONF, root)).read(CONF.resolve("tlsward.xml"));

        ClassRule medical = configuration.rules().get("medical");
        assertThat(configuration.rules()).containsOnlyKeys("medical", "general");
        assertThat(configuration.defaultClass()).isEqualTo("general");
        assertThat(medical.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(medical.inbound().observe()).contains(InboundMinimum.TLS_1_3);
        assertThat(medical.inbound().exempt()).isEmpty();
        assertThat(medical.outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(medical.outbound().required())
                .isEqualTo(Requirement.builder().minimum(TlsVersion.TLS_1_2).build());
        assertThat(medical.alternatives()).containsOnlyKeys("de", "en", "fr");
        assertThat(configuration.rules().get("general").isProtected()).isFalse();
        assertThat(configuration.members().get(0))
                .isEqualTo(new ClassMembers(
                        "medical",
                        List.of(
                                new MemberSpec.Address("praxis@klinik.example"),
                                new MemberSpec.Domain("kardiologie.klinik.example"),
                                new MemberSpec.Glob("dr.*@klinik.example"),
                                new MemberSpec.File(CONF.resolve("medical-recipients.txt")))));
    }

    @Test
    void referenceShouldShowExactlyTheKeysThatTheReaderKnows() throws Exception {
        Set<String> shown = new TreeSet<>();
        collectKeys(parse(withExamples()).getDocumentElement(), "", shown);

        assertThat(shown).isEqualTo(Vocabulary.TLSWARD.keys());
    }

    @Test
    void everyWordShouldBeExplainedInProse() throws Exception {
        StringBuilder prose = new StringBuilder();
        Matcher comments = Pattern.compile("<!--(.*?)-->", Pattern.DOTALL).matcher(reference());
        while (comments.find()) {
            prose.append(comments.group(1).strip().startsWith("<") ? "" : comments.group(1));
        }

        assertThat(prose).contains(TlsLevel.words()).contains(Profile.words()).contains(InboundMinimum.words());
    }

    @Test
    void allExamplesTogetherShouldBeRead() throws Exception {
        WardConfiguration configuration = read(withExamples());

        assertThat(configuration.rules()).containsOnlyKeys("medical", "laboratory", "insurer", "general");
        assertThat(configuration.directory().orElseThrow().password()).contains("secret-of-LDAP_PASSWORD");
        assertThat(configuration.destinations().destinations()).hasSize(3);
        assertThat(configuration.destinations().exceptions()).hasSize(1);
        assertThat(configuration.trust()).isPresent();
        assertThat(configuration.evidence().retention()).isPresent();
        assertThat(configuration.tlsReports()).isPresent();
        assertThat(configuration.internalNetworks()).hasSize(2);
        assertThat(configuration.dns().servers()).hasSize(2);
    }

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(reference()).results().map(MatchResult::group);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleAloneShouldBeRead(String comment) throws Exception {
        String example = comment.substring("<!--".length(), comment.length() - "-->".length());
        String directory =
                example.contains("group=") ? "<ldap url=\"ldaps://ldap.klinik.example\"/></tlsward>" : "</tlsward>";

        WardConfiguration configuration =
                read(reference().replace(comment, example).replace("</tlsward>", directory));

        assertThat(configuration.defaultClass()).isEqualTo("general");
    }

    /** A key that is read and thrown away would be worse than an unknown one: whoever writes it believes in it. */
    static Stream<String> attributes() throws Exception {
        List<String> paths = new ArrayList<>();
        NodeList all = parse(withExamples()).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            for (int j = 0; j < all.item(i).getAttributes().getLength(); j++) {
                paths.add(i + " " + ((Element) all.item(i)).getTagName() + "@"
                        + all.item(i).getAttributes().item(j).getNodeName());
            }
        }
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void everyAttributeShouldCount(String path) throws Exception {
        WardConfiguration original = read(withExamples());
        Document document = parse(withExamples());
        Element element = (Element)
                document.getElementsByTagName("*").item(Integer.parseInt(path.substring(0, path.indexOf(' '))));
        element.setAttribute(path.substring(path.indexOf('@') + 1), "zz zz");

        try {
            assertThat(parts(readAgain(asText(document)))).isNotEqualTo(parts(original));
        } catch (WardConfigurationException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    private static List<Object> parts(WardConfiguration configuration) {
        return List.of(
                configuration.rules(),
                configuration.members(),
                configuration.defaultClass(),
                configuration.directory(),
                configuration.subAddressDelimiters(),
                configuration.destinations().destinations(),
                configuration.destinations().exceptions(),
                configuration.dns(),
                configuration.trust(),
                configuration.internalNetworks(),
                configuration.evidence(),
                configuration.tlsReports());
    }

    private static String asText(Document document) throws Exception {
        StringWriter writer = new StringWriter();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(writer));
        return writer.toString();
    }

    @Test
    void everybodyShouldNeedTls() {
        WardConfiguration configuration = new WardConfigurationReader(new JamesDirectories(root, CONF, root))
                .read(CONF.resolve("variants").resolve("everybody").resolve("tlsward.xml"));

        ClassRule everybody = configuration.rules().get(configuration.defaultClass());
        assertThat(configuration.rules()).hasSize(1);
        assertThat(everybody.inbound().minimum()).isEqualTo(InboundMinimum.TLS_1_2);
        assertThat(everybody.outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
        assertThat(everybody.outbound().required().encrypted()).isTrue();
    }

    @Test
    void minimalConfigurationOfTheManualShouldBeRead() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "levels.md"));
        Matcher fence =
                Pattern.compile("```xml\n(<tlsward>.*?)```", Pattern.DOTALL).matcher(page);

        assertThat(fence.find()).isTrue();
        assertThat(fence.group(1).lines()).hasSize(6);
        ClassRule medical = read(fence.group(1)).rules().get("medical");
        assertThat(medical.inbound().minimum()).isEqualTo(InboundMinimum.ANY);
        assertThat(medical.outbound().level()).isEqualTo(TlsLevel.ENCRYPT);
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static void collectKeys(Element element, String parent, Set<String> keys) {
        String path = parent + element.getTagName();
        keys.add(path);
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            keys.add(path + "@" + element.getAttributes().item(i).getNodeName());
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collectKeys(inner, path + "/", keys);
            }
        }
    }
}
