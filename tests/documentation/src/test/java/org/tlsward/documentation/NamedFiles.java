/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/**
 * The files that a reader copies, opens or unpacks: of the repository, of the release, made by an earlier line of the page, made by the
 * server, or the reader's own, in capitals.
 */
final class NamedFiles {
    /** What a release and a running server have beside what the repository has. */
    private static final Set<String> NOT_IN_THE_REPOSITORY =
            Set.of(("tlsward-james38.jar tlsward-james39.jar tlsward.jar tlsward-server.jar benchmarks.jar "
                            + "extensions-jars var conf bin docs sbom licenses tls key.pem certificate.pem evidence evidence-key "
                            + "signing-key.pub.pem signing-key.pem tlsward-tokens emergency-stops keystore")
                    .split(" "));

    private static final Set<String> COPIERS =
            Set.of("cp mv cat tail head less unzip tar scp sed grep source".split(" "));
    private static final Set<String> MAKERS = Set.of("mkdir", "touch", "tee", "cp", "mv", "ln");

    private static final Set<String> NAMES = names();

    private NamedFiles() {}

    static void check(Block block, Command command, Context context) {
        List<String> operands = operands(command);
        if (COPIERS.contains(command.program())) {
            sources(command, operands).forEach(file -> exists(block, command, file, context));
        }
        command.reads().forEach(file -> exists(block, command, file, context));
        if (MAKERS.contains(command.program())) {
            operands.forEach(context::file);
        }
        outputs(command).forEach(context::file);
        if (command.words().size() > 2 && command.words().subList(0, 2).equals(List.of("git", "clone"))) {
            context.file(operands.get(operands.size() - 1));
        }
    }

    /** Without options, and without the scripts of sed. */
    private static List<String> operands(Command command) {
        List<String> arguments = command.arguments();
        return java.util.stream.IntStream.range(0, arguments.size())
                .filter(i -> !arguments.get(i).startsWith("-"))
                .filter(i -> i == 0 || !arguments.get(i - 1).equals("-e"))
                .mapToObj(arguments::get)
                .toList();
    }

    /** What a command reads: with cp and mv all but the last, with sed and grep all but the first. */
    private static List<String> sources(Command command, List<String> operands) {
        return switch (command.program()) {
            case "cp", "mv", "scp" -> operands.subList(0, Math.max(operands.size() - 1, 0));
            case "sed", "grep" -> command.words().contains("-e")
                    ? operands
                    : operands.subList(Math.min(1, operands.size()), operands.size());
            case "unzip", "tar" -> operands.subList(0, Math.min(1, operands.size()));
            default -> operands;
        };
    }

    /** Programs that are told where to write. */
    private static List<String> outputs(Command command) {
        List<String> words = command.words();
        return java.util.stream.IntStream.range(0, Math.max(words.size() - 1, 0))
                .filter(i -> Set.of("-o", "-out", "-keyout", "--output", "-d").contains(words.get(i)))
                .mapToObj(i -> words.get(i + 1))
                .toList();
    }

    /** @throws Mistake if nobody has that file */
    static void exists(Block block, Command command, String file, Context context) {
        String name = file.replaceAll("/+$", "").replaceAll(".*/", "");
        boolean readers = name.isEmpty()
                || name.contains("$")
                || name.contains("*")
                || name.equals(".")
                || name.equals("..")
                || name.matches("[0-9]+")
                || name.replaceAll("\\.[a-z0-9]+$", "")
                        .equals(name.replaceAll("\\.[a-z0-9]+$", "").toUpperCase(Locale.ROOT));
        boolean release = name.matches("tlsward-[A-Z0-9.-]+(-SNAPSHOT)?(\\.zip|\\.zip\\.sha256|\\.cdx\\.json)?");
        boolean system = file.startsWith("/etc/")
                || file.startsWith("/dev/")
                || file.startsWith("/var/")
                || file.startsWith("~");
        if (!readers && !release && !system && !NAMES.contains(name) && !context.hasFile(file)) {
            throw new Mistake(
                    block.page(),
                    command.line(),
                    "unknown file",
                    file,
                    "one of the repository, of the release, of a running server, or made by an earlier line of the page");
        }
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(NOT_IN_THE_REPOSITORY);
        try (Stream<Path> files = Files.walk(Project.root())) {
            files.filter(file -> {
                        String path = Project.root().relativize(file).toString();
                        return !path.contains("target/") && !path.startsWith(".git") && !path.startsWith("run");
                    })
                    .forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
