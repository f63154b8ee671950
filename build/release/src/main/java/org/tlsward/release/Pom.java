/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What the POM of a library tells of it. What it does not say itself it inherits, as Maven does.
 *
 * @param name for people
 * @param url of its project, or empty
 * @param licences their names; who lists several leaves the choice
 */
record Pom(String name, String url, List<String> licences) {
    static Pom of(Coordinates library, Path repository) {
        List<Element> line = line(library, repository);
        String name = text(line.get(0), "name").filter(Pom::isFinal).orElse(library.artifact());
        String url = line.stream()
                .flatMap(pom -> text(pom, "url").or(() -> child(pom, "scm").flatMap(scm -> text(scm, "url"))).stream())
                .filter(Pom::isFinal)
                .filter(each -> each.startsWith("http"))
                .findFirst()
                .orElse("");
        List<String> licences = line.stream()
                .map(Pom::licences)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse(List.of());
        return new Pom(name, url, licences);
    }

    /** The POM, its parent, the parent of that. */
    private static List<Element> line(Coordinates library, Path repository) {
        List<Element> line = new ArrayList<>();
        Optional<Coordinates> next = Optional.of(library);
        while (next.isPresent()) {
            Element project = parse(next.get().pom(repository));
            line.add(project);
            next = child(project, "parent")
                    .map(parent -> new Coordinates(
                            text(parent, "groupId").orElseThrow(),
                            text(parent, "artifactId").orElseThrow(),
                            text(parent, "version").orElseThrow(),
                            ""));
        }
        return line;
    }

    private static Element parse(Path pom) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            String why = Files.exists(pom) ? e.getMessage() : "there is no such file";
            throw new UnfitForReleaseException("the licence of a library cannot be told, " + pom + ": " + why);
        }
    }

    private static List<String> licences(Element project) {
        return child(project, "licenses").stream()
                .flatMap(all -> children(all, "license").stream())
                .flatMap(licence -> text(licence, "name").stream())
                .toList();
    }

    private static boolean isFinal(String text) {
        return !text.contains("${");
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, name)
                .map(Element::getTextContent)
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
