/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown file of this project.
 *
 * @param name its path in the repository, with slashes
 * @param document what CommonMark makes of it
 */
public record Page(String name, Node document) {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /**
     * A block of code.
     *
     * @param page name of its page
     * @param line of its first line of text
     * @param language as the fence says; empty if it does not, or if there is no fence
     * @param text of it
     */
    public record Block(String page, int line, String language, String text) {}

    /**
     * Code inside a sentence.
     *
     * @param page name of its page
     * @param line where it begins
     * @param text of it
     */
    public record Inline(String page, int line, String text) {}

    /**
     * A link, or a picture.
     *
     * @param page name of its page
     * @param line where it begins
     * @param target as it is written
     */
    public record Reference(String page, int line, String target) {}

    /**
     * A heading.
     *
     * @param line where it stands
     * @param level 1 to 6
     * @param text without markup
     * @param anchor as GitHub makes it
     */
    public record Title(int line, int level, String text, String anchor) {}

    /** Reads a file of the repository. */
    public static Page read(Path root, String name) throws IOException {
        return of(name, Files.readString(root.resolve(name)));
    }

    /** Parses a text. */
    public static Page of(String name, String markdown) {
        return new Page(name, PARSER.parse(markdown));
    }

    /** All blocks of code, in their order. */
    public List<Block> blocks() {
        List<Block> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(FencedCodeBlock block) {
                found.add(new Block(name, lineOf(block) + 1, block.getInfo().strip(), block.getLiteral()));
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                found.add(new Block(name, lineOf(block), "", block.getLiteral()));
            }
        });
        return found;
    }

    /** All code inside of sentences. */
    public List<Inline> inlines() {
        List<Inline> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Code code) {
                found.add(new Inline(name, lineOf(code), code.getLiteral()));
            }
        });
        return found;
    }

    /** All links and pictures. */
    public List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                found.add(new Reference(name, lineOf(link), link.getDestination()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                found.add(new Reference(name, lineOf(image), image.getDestination()));
                visitChildren(image);
            }
        });
        return found;
    }

    /** All headings. */
    public List<Title> titles() {
        Anchors anchors = new Anchors();
        List<Title> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String text = PlainText.of(heading);
                found.add(new Title(lineOf(heading), heading.getLevel(), text, anchors.next(text)));
            }
        });
        return found;
    }

    /** The first heading, or the name of the file. */
    public String title() {
        return titles().stream().findFirst().map(Title::text).orElse(name);
    }

    /** Counted from 1. An inline node without a place of its own has that of the block around it. */
    private static int lineOf(Node node) {
        for (Node some = node; some != null; some = some.getParent()) {
            if (!some.getSourceSpans().isEmpty()) {
                return some.getSourceSpans().get(0).getLineIndex() + 1;
            }
        }
        return 1;
    }
}
