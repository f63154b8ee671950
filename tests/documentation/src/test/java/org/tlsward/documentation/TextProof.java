/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** {@code text}: what is shown and not typed. So it must not be a command, nor a configuration. */
final class TextProof implements Proof {
    private static final Set<String> TYPED = Set.of("swaks", "curl", "docker", "podman", "make", "openssl", "mvn");
    private static final Pattern ELEMENT = Pattern.compile("(?s)\\s*<[a-z][A-Za-z]*[\\s/>].*>\\s*");

    @Override
    public void of(Block block, Context context) {
        if (ELEMENT.matcher(block.text()).matches()) {
            throw new Mistake(block.page(), block.line(), "configuration in a block of", "text", "xml");
        }
        int line = block.line();
        for (String text : block.text().lines().toList()) {
            if (text.startsWith("$ ") || isTyped(block, line, text)) {
                throw new Mistake(block.page(), line, "command in a block of text", text, "a block of sh");
            }
            line++;
        }
    }

    /** A diagram may begin with the name of a command: what follows there is none of its arguments. */
    private static boolean isTyped(Block block, int line, String text) {
        String first = text.split(" ", 2)[0];
        if (TYPED.contains(first) && !text.contains("  ")) {
            return true;
        }
        boolean synopsis = text.contains(" [");
        if (!first.equals("tlsward") || synopsis) {
            return false;
        }
        try {
            List<Command> commands = Script.parse(text + "\n", line).commands();
            return new CommandProof()
                    .check(block, line, commands.get(0).arguments().toArray(String[]::new));
        } catch (Mistake e) {
            return false;
        }
    }
}
