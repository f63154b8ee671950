/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code docker}, {@code podman}, {@code buildah}: nothing can be run here. The files that they name are there, and so are the services of the
 * compose file; {@code tlsward} behind {@code exec} is read by the command itself.
 */
final class ContainerProof implements ShellProof.ProgramProof {
    private static final Set<String> COMMANDS = Set.of(
            ("bud build compose cp exec images inspect kill load logs ps pull push restart rm run save start stats "
                            + "stop tag top version volume network image")
                    .split(" "));

    private static final Set<String> COMPOSE =
            Set.of("up down ps logs exec run build config pull restart stop start kill cp".split(" "));

    @Override
    public void of(Block block, Command command, Context context) {
        List<String> words = command.arguments();
        known(block, command, words.isEmpty() ? "" : words.get(0), COMMANDS);
        ourCommand(block, command);
        if (words.get(0).equals("compose")) {
            compose(block, command, context);
        } else {
            valueOf(words, Set.of("-f", "--file", "--env-file"))
                    .forEach(file -> NamedFiles.exists(block, command, file, context));
            valueOf(words, Set.of("-v", "--volume")).stream()
                    .map(volume -> volume.split(":", -1)[0])
                    .filter(source -> source.startsWith(".") || source.startsWith("/"))
                    .forEach(source -> NamedFiles.exists(block, command, source, context));
        }
    }

    private static void compose(Block block, Command command, Context context) {
        List<String> words = command.arguments();
        List<String> files = valueOf(words, Set.of("-f", "--file"));
        files.forEach(file -> NamedFiles.exists(block, command, file, context));
        String file = files.isEmpty() ? "docker-compose.yml" : files.get(0);
        int verb = IntStream.range(1, words.size())
                .filter(i -> COMPOSE.contains(words.get(i)))
                .findFirst()
                .orElse(words.size());
        known(block, command, verb == words.size() ? words.get(words.size() - 1) : words.get(verb), COMPOSE);
        words.stream()
                .skip(verb + 1L)
                .dropWhile(word -> word.startsWith("-"))
                .limit(1)
                .forEach(service -> known(block, command, service, services(file)));
    }

    private static Set<String> services(String file) {
        String name = file.replaceAll(".*/", "");
        Map<String, Map<String, Object>> compose = new Yaml().load(Project.read("james-docker/" + name));
        return compose.get("services").keySet();
    }

    private static void ourCommand(Block block, Command command) {
        List<String> words = command.words();
        int at = words.indexOf("tlsward");
        boolean runs = words.contains("exec") && at > words.indexOf("exec") + 1;
        if (runs) {
            new CommandProof()
                    .check(
                            block,
                            command.line(),
                            words.subList(at + 1, words.size()).toArray(String[]::new));
        }
    }

    private static void known(Block block, Command command, String word, Set<String> known) {
        if (!known.contains(word)) {
            throw new Mistake(
                    block.page(),
                    command.line(),
                    "unknown word of " + command.program(),
                    word,
                    String.join(", ", new java.util.TreeSet<>(known)));
        }
    }

    private static List<String> valueOf(List<String> words, Set<String> options) {
        return IntStream.range(0, words.size() - 1)
                .filter(i -> options.contains(words.get(i)))
                .mapToObj(i -> words.get(i + 1))
                .toList();
    }
}
