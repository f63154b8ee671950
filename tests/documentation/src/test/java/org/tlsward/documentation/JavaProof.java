/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** Options that the JVM takes, a JAR that somebody has, a class that is there. */
final class JavaProof implements ShellProof.ProgramProof {
    @Override
    public void of(Block block, Command command, Context context) {
        List<String> words = command.arguments();
        int i = 0;
        while (i < words.size() && words.get(i).startsWith("-") && !words.get(i).equals("-jar")) {
            i += List.of("-cp", "-classpath").contains(words.get(i)) ? 2 : 1;
        }
        List<String> options = words.subList(0, Math.min(i, words.size()));
        Ran ran = Ran.of(
                Project.root(),
                java.util.Map.of(),
                "",
                Stream.concat(Stream.concat(Stream.of("java"), options.stream()), Stream.of("-version"))
                        .toList());
        if (ran.exit() != 0) {
            throw new Mistake(
                    block.page(), command.line(), "java says: " + ran.output().strip());
        }
        if (i + 1 < words.size() && words.get(i).equals("-jar")) {
            String jar = words.get(i + 1);
            NamedFiles.exists(block, command, jar, context);
            if (jar.endsWith("tlsward.jar")) {
                new CommandProof()
                        .check(
                                block,
                                command.line(),
                                words.subList(i + 2, words.size()).toArray(String[]::new));
            }
        } else if (i < words.size() && words.get(i).startsWith("org.tlsward.") && !isOurs(words.get(i))) {
            throw new Mistake(block.page(), command.line(), "unknown class", words.get(i), "one of the repository");
        }
    }

    private static boolean isOurs(String name) {
        Path file = Path.of(name.replace('.', '/') + ".java");
        try (Stream<Path> all = Files.walk(Project.root())) {
            return all.anyMatch(some -> some.endsWith(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
