/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.nio.file.Files;
import java.util.List;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** Modules and profiles of the build, and tests by name. */
final class MavenProof implements ShellProof.ProgramProof {
    @Override
    public void of(Block block, Command command, Context context) {
        List<String> words = command.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl")) {
                for (String module : words.get(i + 1).split(",", -1)) {
                    if (!Files.exists(Project.path(module + "/pom.xml"))) {
                        throw new Mistake(
                                block.page(), command.line(), "unknown module", module, "a folder with a pom.xml");
                    }
                }
            } else if (word.startsWith("-P")
                    && !Project.read("pom.xml").contains("<id>" + word.substring(2) + "</id>")) {
                throw new Mistake(block.page(), command.line(), "unknown profile", word.substring(2), "one of pom.xml");
            }
        }
    }
}
