/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import org.tlsward.explain.CleanText;

/** Writes HTML. Every text is escaped; there is no way to write anything else but the tags of this class. */
final class Html {
    private static final int LONGEST = 600;

    private final StringBuilder out = new StringBuilder(8192);

    /** A tag and its text. */
    Html element(String tag, String text) {
        open(tag);
        return text(text).close(tag);
    }

    Html open(String tag) {
        out.append('<').append(tag).append('>');
        return this;
    }

    Html close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    Html text(String text) {
        CleanText.of(text, LONGEST).chars().forEach(this::escaped);
        return this;
    }

    private void escaped(int character) {
        switch (character) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.append((char) character);
        }
    }

    /** A row of a table: the first cell is a heading. */
    Html row(String heading, String text) {
        return open("tr").element("th", heading).element("td", text).close("tr");
    }

    /** A row of cells. */
    Html cells(String tag, String... texts) {
        open("tr");
        for (String text : texts) {
            element(tag, text);
        }
        return close("tr");
    }

    /** The page around it. The policy forbids everything but its own style, should something slip through nevertheless. */
    String page(String language, String title) {
        Html head = new Html();
        head.text(title);
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="UTF-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                @page { size: A4; margin: 14mm }
                body { font: 10pt/1.35 sans-serif; color: #111; background: #fff; max-width: 182mm; margin: 1em auto; padding: 0 1em }
                h1 { font-size: 15pt; margin: 0 0 .4em } h2 { font-size: 11pt; margin: .9em 0 .2em }
                p, ul { margin: .2em 0 } ul { padding-left: 1.3em }
                table { border-collapse: collapse; width: 100%% }
                th, td { text-align: left; vertical-align: top; padding: .1em .6em .1em 0; overflow-wrap: anywhere }
                th { font-weight: normal; color: #444; width: 11em }
                thead th { border-bottom: 1px solid #999; overflow-wrap: normal }
                /* Fixed, or a long cell would leave the others less than a word. */
                figure { margin: 0; overflow-x: auto } figure table { table-layout: fixed; min-width: 48em } figure th { width: 24%% }
                figure th:nth-child(1) { width: 20%% } figure th:nth-child(2) { width: 27%% } figure th:nth-child(4) { width: auto }
                code, small { font: 7.5pt/1.3 monospace; overflow-wrap: anywhere }
                strong { font-weight: bold }
                @media print { body { max-width: none; margin: 0; padding: 0; font-size: 9pt } h2 { break-after: avoid } tr { break-inside: avoid } }
                </style>
                </head>
                <body>
                %s</body>
                </html>
                """
                .formatted(language, head.out, out);
    }
}
