/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;
import org.xml.sax.helpers.LocatorImpl;

/** Notes the line on which each element begins, and refuses what a parser should not even try. */
final class ElementLines extends DefaultHandler2 {
    /** Ours is four deep; without a limit a hostile file overflows the stack of the parser that builds the tree. */
    private static final int DEEPEST = 32;

    private final List<Integer> lines = new ArrayList<>();
    private Locator locator = new LocatorImpl();
    private int line = 1;
    private int depth;

    private ElementLines() {}

    /**
     * The lines of all elements, in the order of the document.
     *
     * @throws SAXParseException with the place, if it is not well-formed, nested too deeply, or has a document type
     */
    static List<Integer> of(byte[] content) throws SAXParseException {
        ElementLines handler = new ElementLines();
        try {
            XMLReader reader =
                    SAXParserFactory.newDefaultInstance().newSAXParser().getXMLReader();
            reader.setContentHandler(handler);
            reader.setErrorHandler(handler);
            reader.setEntityResolver(handler);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", handler);
            reader.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            reader.setFeature("http://xml.org/sax/features/external-general-entities", false);
            reader.parse(new InputSource(new ByteArrayInputStream(content)));
        } catch (SAXParseException e) {
            throw e;
        } catch (SAXException | IOException e) {
            // Bytes that are no characters; the place is that of the last thing that could be read.
            throw new SAXParseException(e.getMessage(), handler.locator);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML parser", e);
        }
        return handler.lines;
    }

    @Override
    public void setDocumentLocator(Locator parser) {
        locator = parser;
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) throws SAXException {
        throw new SAXParseException("a document type is not allowed", locator);
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        lines.add(line);
        depth++;
        if (depth > DEEPEST) {
            throw new SAXParseException("elements are nested too deeply", locator);
        }
        passed();
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        depth--;
        passed();
    }

    @Override
    public void characters(char[] text, int start, int length) {
        passed();
    }

    @Override
    public void comment(char[] text, int start, int length) {
        passed();
    }

    @Override
    public void processingInstruction(String target, String data) {
        passed();
    }

    /** The parser stands where something ends, and that is where the next thing begins. */
    private void passed() {
        line = locator.getLineNumber();
    }

    /** Without this the parser writes to the standard error. */
    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }
}
