/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tlsward.site.Page.Block;
import org.tlsward.site.Page.Inline;

/** Which proof a block needs. There is no list of blocks that need none. */
final class Proofs {
    private static final Map<String, Proof> BY_LANGUAGE = new TreeMap<>(Map.of(
            "sh", new ShellProof(),
            "xml", new XmlProof(),
            "properties", new PropertiesProof(),
            "yaml", new YamlProof(),
            "json", new JsonProof(),
            "nginx", new NginxProof(),
            "text", new TextProof()));

    /** What may stand behind the marks of a fence. */
    static final List<String> LANGUAGES = List.copyOf(BY_LANGUAGE.keySet());

    private Proofs() {}

    static Proof forLanguage(String language) {
        return BY_LANGUAGE.get(language);
    }

    static void prove(Block block, Context context) {
        Proof proof = BY_LANGUAGE.get(block.language());
        if (proof == null) {
            throw new Mistake(
                    block.page(), block.line(), "unknown language", block.language(), String.join(", ", LANGUAGES));
        }
        Words.check(block);
        proof.of(block, context);
    }

    /** {@code tlsward ...} and {@code make ...} in a sentence. */
    static boolean isCommand(Inline code) {
        return code.text().startsWith("tlsward ") || code.text().matches("make [a-z].*");
    }

    static void prove(Inline code, Context context) {
        Block block = new Block(code.page(), code.line(), "sh", code.text() + "\n");
        ShellSyntax.check(block);
        Script.parse(block.text(), block.line()).commands().forEach(command -> {
            if (command.program().equals("tlsward")) {
                new CommandProof().mention(block, command);
            } else {
                new MakeProof().of(block, command, context);
            }
        });
    }
}
