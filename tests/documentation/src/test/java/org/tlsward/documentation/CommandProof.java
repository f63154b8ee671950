/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import org.tlsward.cli.PageLine;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** {@code tlsward}: read by the command itself, and on the page of commands. */
final class CommandProof implements ShellProof.ProgramProof {
    @Override
    public void of(Block block, Command command, Context context) {
        if (!check(block, command.line(), command.arguments().toArray(String[]::new))) {
            throw new Mistake(
                    block.page(),
                    command.line(),
                    "incomplete command",
                    String.join(" ", command.words()),
                    "one of its commands");
        }
    }

    /** In a sentence a group may stand for itself, a command without what it needs, and COMMAND for any of them. */
    void mention(Block block, Command command) {
        List<String> words = command.arguments();
        if (words.get(0).equals("COMMAND")) {
            words = words.subList(1, words.size());
        }
        try {
            onThePage(block, command.line(), PageLine.mention(words.toArray(String[]::new)));
        } catch (IllegalArgumentException e) {
            throw new Mistake(block.page(), command.line(), String.join(" ", command.words()) + ": " + e.getMessage());
        }
    }

    /**
     * Has the command read a line.
     *
     * @return true if the line runs by itself
     */
    boolean check(Block block, int line, String... args) {
        try {
            PageLine.Meant meant = PageLine.parse(args);
            onThePage(block, line, meant.command());
            return meant.complete();
        } catch (IllegalArgumentException e) {
            throw new Mistake(block.page(), line, "tlsward " + String.join(" ", args) + ": " + e.getMessage());
        }
    }

    private static void onThePage(Block block, int line, String command) {
        if (!Project.read("docs/cli.md").contains("`" + command)) {
            throw new Mistake(block.page(), line, "\"" + command + "\" is not in docs/cli.md");
        }
    }
}
