/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;

/**
 * Lets the reader of {@code tlsward.xml} read what a page shows: a whole file as it is, elements in the smallest file that may hold them.
 * Stands in its package because the vocabulary is not public.
 */
public final class PageConfiguration {
    private static final Pattern FILE = Pattern.compile("file://(?:conf|var)/([A-Za-z0-9._/-]*[A-Za-z0-9._-])");

    private static final Set<String> OF_THE_ROOT = names(Vocabulary.TLSWARD);
    private static final Set<String> OF_CLASSES = Set.of("class");
    private static final Set<String> OF_A_CLASS = names(child(child(Vocabulary.TLSWARD, "classes"), "class"));
    private static final Set<String> OF_MEMBERS =
            names(child(child(child(Vocabulary.TLSWARD, "classes"), "class"), "members"));
    private static final Set<String> OF_DESTINATIONS = names(child(Vocabulary.TLSWARD, "destinations"));

    private PageConfiguration() {}

    private static ElementType child(ElementType type, String name) {
        return type.child(name).orElseThrow();
    }

    private static Set<String> names(ElementType type) {
        return type.children().stream().map(ElementType::name).collect(Collectors.toSet());
    }

    /** Every element and attribute that the reader knows: {@code tlsward/dns@mode}. */
    public static Set<String> keys() {
        return Vocabulary.TLSWARD.keys();
    }

    /** True for an element of {@code tlsward.xml}. */
    public static boolean isOurs(Element element) {
        String name = element.getTagName();
        return name.equals(Vocabulary.TLSWARD.name())
                || OF_THE_ROOT.contains(name)
                || OF_CLASSES.contains(name)
                || OF_A_CLASS.contains(name)
                || OF_MEMBERS.contains(name)
                || OF_DESTINATIONS.contains(name);
    }

    /** What the reader says; empty if it takes it. */
    public static String problem(Path home, String text, List<Element> elements) {
        boolean whole = elements.get(0).getTagName().equals(Vocabulary.TLSWARD.name());
        String xml = whole ? text.strip() : around(elements);
        try {
            Path conf = Files.createDirectories(home.resolve("conf"));
            Files.createDirectories(home.resolve("var"));
            Matcher named = FILE.matcher(xml);
            while (named.find()) {
                make(conf.resolve(named.group(1)));
            }
            Path file = Files.writeString(conf.resolve("tlsward.xml"), xml);
            new WardConfigurationReader(JamesDirectories.below(home), name -> Optional.of("secret-of-" + name))
                    .read(file);
            return "";
        } catch (WardConfigurationException e) {
            return e.getMessage() + (whole ? "" : "\nread as:\n" + xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders of the server are made by itself; a file of the reader is there. */
    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        boolean folder = !file.getFileName().toString().contains(".");
        if (!Files.exists(file) && !folder) {
            Files.createFile(file);
        }
    }

    private static String around(List<Element> elements) {
        String members = in(elements, OF_MEMBERS, true);
        String rules = in(elements, OF_A_CLASS, false);
        String classes = in(elements, OF_CLASSES, false);
        String rest = in(elements, OF_THE_ROOT, false);
        String directory = (members + classes).contains("<ldap") && !rest.contains("<ldap")
                ? "<ldap url=\"ldaps://ldap.klinik.example\"/>"
                : "";
        String own = members.isEmpty() && rules.isEmpty()
                ? ""
                : "<class name=\"of-the-page\">" + (members.isEmpty() ? "" : "<members>" + members + "</members>")
                        + rules + "</class>";
        String general = classes.contains("name=\"general\"") ? "" : "<class name=\"general\"/>";
        String destinations = in(elements, OF_DESTINATIONS, false);
        return "<tlsward>"
                + (rest.contains("<classes")
                        ? ""
                        : "<classes default=\"general\">" + own + classes + general + "</classes>")
                + (destinations.isEmpty() ? "" : "<destinations>" + destinations + "</destinations>")
                + directory
                + rest
                + "</tlsward>";
    }

    /** {@code <ldap group>} is a member, {@code <ldap url>} the directory. */
    private static String in(List<Element> elements, Set<String> names, boolean members) {
        return elements.stream()
                .filter(element -> names.contains(element.getTagName()))
                .filter(element -> !element.getTagName().equals("ldap") || element.hasAttribute("group") == members)
                .map(PageConfiguration::text)
                .collect(Collectors.joining());
    }

    private static String text(Element element) {
        try {
            StringWriter out = new StringWriter();
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(element), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
