/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.site;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** What a reader sees of a part of a page. */
public final class PlainText {
    private PlainText() {}

    /** The text of a node without markup. */
    public static String of(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text some) {
                text.append(some.getLiteral());
            }

            @Override
            public void visit(Code code) {
                text.append(code.getLiteral());
            }

            @Override
            public void visit(SoftLineBreak some) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak some) {
                text.append(' ');
            }
        });
        return text.toString();
    }
}
