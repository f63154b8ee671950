/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.convert.DisabledListDelimiterHandler;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * The text of a configuration file: as the tree that Commons Configuration makes of it (read the way James reads its files), and the
 * line of each element, which that tree does not know.
 *
 * @param root the document element
 * @param lines where each element begins
 */
record XmlSource(ImmutableNode root, Map<ImmutableNode, Integer> lines) {
    /** Ours is four deep; without a limit a hostile file overflows the stack of the parser that builds the tree. */
    private static final int DEEPEST = 32;

    /** Parses {@code content}; what is wrong with it as XML goes to {@code problems} and is thrown. */
    static XmlSource parse(byte[] content, Problems problems) {
        try {
            List<Integer> lines = linesOfElements(content);
            ImmutableNode root = tree(content);
            Map<ImmutableNode, Integer> byNode = new IdentityHashMap<>();
            pair(root, lines, byNode);
            // Where both passes disagree on the number of elements, no line is better than a wrong one.
            return new XmlSource(root, byNode.size() == lines.size() ? byNode : Map.of());
        } catch (XMLStreamException e) {
            problems.add(
                    OptionalInt.of(e.getLocation() == null ? 0 : e.getLocation().getLineNumber()),
                    "",
                    notWellFormed(e));
            throw problems.toException();
        } catch (ConfigurationException e) {
            problems.add(OptionalInt.empty(), "", "unreadable XML: " + e.getMessage());
            throw problems.toException();
        }
    }

    private static String notWellFormed(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int detail = message.indexOf("Message: ");
        String reason = detail < 0 ? message : message.substring(detail + "Message: ".length());
        String column =
                e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNumber();
        return "not well-formed XML" + column + ": " + reason.strip();
    }

    private static List<Integer> linesOfElements(byte[] content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(content));
        List<Integer> lines = new ArrayList<>();
        int depth = 0;
        int line = 1;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new XMLStreamException(
                        "a document type is not allowed", reader.getLocation());
                case XMLStreamConstants.START_ELEMENT -> {
                    lines.add(line);
                    if (++depth > DEEPEST) {
                        throw new XMLStreamException("elements are nested too deeply", reader.getLocation());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
            // An event is located where it ends, and that is where the next one begins.
            line = reader.getLocation().getLineNumber();
        }
        return lines;
    }

    /** As {@code FileConfigurationProvider} of James does it: no list is split. */
    private static ImmutableNode tree(byte[] content) throws ConfigurationException {
        XMLConfiguration configuration = new XMLConfiguration();
        configuration.setListDelimiterHandler(new DisabledListDelimiterHandler());
        new FileHandler(configuration).load(new ByteArrayInputStream(content));
        return configuration.getNodeModel().getInMemoryRepresentation();
    }

    private static void pair(ImmutableNode node, List<Integer> lines, Map<ImmutableNode, Integer> byNode) {
        if (byNode.size() < lines.size()) {
            byNode.put(node, lines.get(byNode.size()));
        }
        node.getChildren().forEach(child -> pair(child, lines, byNode));
    }
}
