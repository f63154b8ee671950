/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.tlsward.site.Page.Title;

/** One page of the site. */
final class PageHtml {
    private final Page page;
    private final Links links;
    private final Collection<Page> all;

    PageHtml(Page page, Links links, Collection<Page> all) {
        this.page = page;
        this.links = links;
        this.all = all;
    }

    String html() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - TLS Ward</title>
                <link rel="stylesheet" href="%s">
                </head>
                <body>
                <a class="skip" href="#content">To the text</a>
                <div class="frame">
                <nav aria-label="Pages"><p class="title">TLS Ward</p><ul>
                %s</ul></nav>
                <main id="content">
                %s</main>
                <nav class="here" aria-label="On this page"><p class="title">On this page</p><ul>
                %s</ul></nav>
                </div>
                </body>
                </html>
                """
                .formatted(escape(page.title()), links.to("style.css"), pages(), body(), contents());
    }

    private String pages() {
        return all.stream()
                .map(other -> "<li%s><a href=\"%s\"%s>%s</a></li>\n"
                        .formatted(
                                other.name().startsWith("docs/adr/") ? " class=\"deeper\"" : "",
                                links.to(Links.htmlName(other.name())),
                                other.name().equals(page.name()) ? " aria-current=\"page\"" : "",
                                escape(other.title())))
                .collect(Collectors.joining());
    }

    private String contents() {
        return page.titles().stream()
                .filter(title -> title.level() == 2 || title.level() == 3)
                .map(title -> "<li%s><a href=\"#%s\">%s</a></li>\n"
                        .formatted(title.level() == 3 ? " class=\"deeper\"" : "", title.anchor(), escape(title.text())))
                .collect(Collectors.joining());
    }

    private String body() {
        dropDeadLinks(page.document());
        return HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .attributeProviderFactory(context -> new Attributes(page.titles(), links))
                .build()
                .render(page.document())
                .replace("<table>", "<div class=\"wide\"><table>")
                .replace("</table>", "</table></div>");
    }

    /** What leads to a folder of the repository stays as text. */
    private void dropDeadLinks(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                if (links.of(link.getDestination()).isEmpty()) {
                    Node first = link.getFirstChild();
                    while (first != null) {
                        Node next = first.getNext();
                        link.insertBefore(first);
                        first = next;
                    }
                    link.unlink();
                }
            }
        });
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Names of headings, and where links lead to. */
    private static final class Attributes implements AttributeProvider {
        private final List<Title> titles;
        private final Links links;
        private int heading;

        Attributes(List<Title> titles, Links links) {
            this.titles = titles;
            this.links = links;
        }

        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading) {
                attributes.put("id", titles.get(heading).anchor());
                heading++;
            } else if (node instanceof Link link) {
                attributes.put("href", links.of(link.getDestination()));
            }
        }
    }
}
