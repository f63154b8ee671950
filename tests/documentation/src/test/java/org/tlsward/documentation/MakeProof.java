/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** Targets and variables of the Makefile. */
final class MakeProof implements ShellProof.ProgramProof {
    private static final Pattern TARGET = Pattern.compile("(?m)^([a-z][a-z0-9-]*):");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:#   )?([A-Z][A-Z0-9_]*) *\\??=");

    private static Set<String> all(Pattern pattern) {
        return pattern.matcher(Project.read("Makefile"))
                .results()
                .map((MatchResult some) -> some.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void of(Block block, Command command, Context context) {
        for (String word : command.arguments()) {
            String name = word.split("=", 2)[0];
            boolean variable = word.contains("=");
            Set<String> known = all(variable ? VARIABLE : TARGET);
            if (!known.contains(name)) {
                throw new Mistake(
                        block.page(),
                        command.line(),
                        variable ? "unknown variable of make" : "unknown target of make",
                        name,
                        String.join(", ", known));
            }
        }
    }
}
