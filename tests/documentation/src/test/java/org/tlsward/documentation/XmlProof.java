/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.tlsward.config.PageConfiguration;
import org.tlsward.site.Page.Block;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** {@code xml}: one file, or elements of one: of {@code tlsward.xml}, of {@code mailetcontainer.xml}, or of another file of James. */
final class XmlProof implements Proof {
    private static final String DECLARATION = "(?s)^\\s*<\\?xml.*?\\?>";

    private final MailetProof mailets = new MailetProof();

    @Override
    public void of(Block block, Context context) {
        context.classesOf(block);
        List<Element> roots = parse(block);
        if (roots.isEmpty()) {
            throw new Mistake(block.page(), block.line(), "XML without an element");
        }
        List<Element> ours = roots.stream().filter(PageConfiguration::isOurs).toList();
        if (!ours.isEmpty()) {
            String problem = PageConfiguration.problem(
                    Project.target("tlsward"), block.text().replaceFirst(DECLARATION, ""), ours);
            if (!problem.isEmpty()) {
                throw new Mistake(block.page(), block.line(), problem);
            }
        }
        for (Element root : roots) {
            if (!PageConfiguration.isOurs(root)) {
                ofJames(block, root, context);
            }
        }
    }

    private void ofJames(Block block, Element root, Context context) {
        if (root.getTagName().equals("project")) {
            ofMaven(block, root);
            return;
        }
        mailets.of(block, root, context);
        for (Element element : all(root)) {
            if (MailetProof.isParameter(element)) {
                continue;
            }
            isRead(block, element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                isRead(block, element.getAttributes().item(i).getNodeName());
            }
            if (element.getTagName().equals("handler")) {
                JamesClasses.checkThere(
                        block, lineOf(block, element.getAttribute("class")), element.getAttribute("class"));
            }
            if (element.hasAttribute("coreHandlersPackage")) {
                String name = element.getAttribute("coreHandlersPackage");
                JamesClasses.checkThere(block, lineOf(block, name), name);
            }
        }
    }

    /** A build file of the reader's: elements that ours have too, and the James that we are for. */
    private static void ofMaven(Block block, Element root) {
        String ours = Project.read("pom.xml");
        for (Element element : all(root)) {
            if (!ours.contains("<" + element.getTagName())) {
                throw new Mistake(
                        block.page(),
                        lineOf(block, element.getTagName()),
                        "unknown element",
                        element.getTagName(),
                        "one of pom.xml");
            }
        }
    }

    private static int lineOf(Block block, String word) {
        return Words.lineOf(block, word);
    }

    private static void isRead(Block block, String name) {
        if (!JamesWords.all().words().contains(name)) {
            throw new Mistake(
                    block.page(),
                    lineOf(block, name),
                    "unknown element or attribute",
                    name,
                    "one of tlsward.xml, or one that James reads");
        }
    }

    /** The element and all in it. */
    static List<Element> all(Element root) {
        List<Element> found = new ArrayList<>();
        found.add(root);
        NodeList inside = root.getElementsByTagName("*");
        IntStream.range(0, inside.getLength()).forEach(i -> found.add((Element) inside.item(i)));
        return found;
    }

    static List<Element> children(Node node) {
        NodeList all = node.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private static List<Element> parse(Block block) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            String text = "<fragment>" + block.text().replaceFirst(DECLARATION, "") + "</fragment>";
            return children(
                    builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (SAXParseException e) {
            throw new Mistake(block.page(), block.line() + e.getLineNumber() - 1, "broken XML: " + e.getMessage());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new Mistake(block.page(), block.line(), "broken XML: " + e.getMessage());
        }
    }

    /** The exception says it all. */
    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
