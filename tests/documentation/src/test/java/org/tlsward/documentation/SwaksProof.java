/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** {@code swaks}: asked what it makes of the line, which it tells without connecting. */
final class SwaksProof implements ShellProof.ProgramProof {
    @Override
    public void of(Block block, Command command, Context context) {
        List<String> line = new ArrayList<>(command.words());
        line.add("--dump");
        Ran ran = Ran.of(Project.root(), Map.of(), "", line);
        ran.output()
                .lines()
                .filter(some ->
                        some.startsWith("Unknown option") || some.contains("*** ERROR") || some.contains("Could not"))
                .findFirst()
                .ifPresent(said -> {
                    throw new Mistake(block.page(), command.line(), "swaks says: " + said);
                });
        if (!ran.output().contains("Server Configuration") && !ran.output().contains("=== ")) {
            throw new Mistake(
                    block.page(), command.line(), "swaks says: " + ran.output().strip());
        }
    }
}
