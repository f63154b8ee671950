/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.ByteArrayInputStream;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.convert.DisabledListDelimiterHandler;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.xml.sax.SAXParseException;

/**
 * The text of a configuration file: as the tree that Commons Configuration makes of it (read the way James reads its files), and the
 * line of each element, which that tree does not know.
 *
 * @param root the document element
 * @param lines where an element begins, if known
 */
record XmlSource(ImmutableNode root, Function<ImmutableNode, OptionalInt> lines) {
    /** For a tree that comes from no file. */
    static final Function<ImmutableNode, OptionalInt> NO_LINES = node -> OptionalInt.empty();

    /** Parses {@code content}; what is wrong with it as XML goes to {@code problems} and is thrown. */
    static XmlSource parse(byte[] content, Problems problems) {
        try {
            List<Integer> lines = ElementLines.of(content);
            ImmutableNode root = tree(content);
            IdentityHashMap<ImmutableNode, OptionalInt> byNode = new IdentityHashMap<>();
            pair(root, lines, byNode);
            // Where both passes disagree on the number of elements, no line is better than a wrong one.
            return new XmlSource(
                    root,
                    byNode.size() == lines.size() ? node -> byNode.getOrDefault(node, OptionalInt.empty()) : NO_LINES);
        } catch (SAXParseException e) {
            OptionalInt line = e.getLineNumber() > 0 ? OptionalInt.of(e.getLineNumber()) : OptionalInt.empty();
            String column = e.getColumnNumber() > 0 ? " at column " + e.getColumnNumber() : "";
            problems.add(line, "", "unusable XML" + column + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            problems.add(OptionalInt.empty(), "", "unusable XML: " + e.getMessage());
        }
        throw problems.toException();
    }

    /** As {@code FileConfigurationProvider} of James does it: no list is split. */
    private static ImmutableNode tree(byte[] content) throws ConfigurationException {
        XMLConfiguration configuration = new XMLConfiguration();
        configuration.setListDelimiterHandler(new DisabledListDelimiterHandler());
        new FileHandler(configuration).load(new ByteArrayInputStream(content));
        return configuration.getNodeModel().getInMemoryRepresentation();
    }

    private static void pair(
            ImmutableNode node, List<Integer> lines, IdentityHashMap<ImmutableNode, OptionalInt> byNode) {
        if (byNode.size() < lines.size()) {
            byNode.put(node, OptionalInt.of(lines.get(byNode.size())));
        }
        node.getChildren().forEach(child -> pair(child, lines, byNode));
    }
}
