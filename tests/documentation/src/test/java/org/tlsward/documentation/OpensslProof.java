/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** {@code openssl}: a command that it has, with options that it lists. */
final class OpensslProof implements ShellProof.ProgramProof {
    private static final Pattern OPTION = Pattern.compile("(?m)^ -(\\S+)");

    @Override
    public void of(Block block, Command command, Context context) {
        String name = command.arguments().isEmpty() ? "" : command.arguments().get(0);
        Ran help = Ran.of("", "openssl", name, "-help");
        if (help.exit() != 0) {
            throw new Mistake(
                    block.page(), command.line(), "unknown command of openssl", name, "one of: openssl list -commands");
        }
        Set<String> known = OPTION.matcher(help.output())
                .results()
                .map((MatchResult some) -> some.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        command.arguments().stream()
                .skip(1)
                .filter(word -> word.matches("-[a-z].*") && !word.startsWith("-----"))
                .map(word -> word.substring(1))
                .filter(word -> !known.contains(word) && !known.contains("*"))
                .findFirst()
                .ifPresent(word -> {
                    throw new Mistake(
                            block.page(),
                            command.line(),
                            "unknown option of openssl " + name,
                            "-" + word,
                            String.join(", ", known));
                });
    }
}
