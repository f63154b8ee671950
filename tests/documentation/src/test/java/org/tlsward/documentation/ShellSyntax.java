/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.regex.Pattern;
import org.tlsward.site.Page.Block;

/** Asks the shell whether it can read a block, without running it. */
final class ShellSyntax {
    /** The one thing that pages take from bash. */
    private static final Pattern BASH = Pattern.compile("<\\(|/dev/tcp/");

    private ShellSyntax() {}

    static void check(Block block) {
        String shell = BASH.matcher(block.text()).find() ? "bash" : "sh";
        Ran ran = Ran.of(block.text(), shell, "-n");
        if (ran.exit() != 0) {
            throw new Mistake(
                    block.page(),
                    block.line(),
                    shell + " cannot read this block: " + ran.output().strip());
        }
    }
}
