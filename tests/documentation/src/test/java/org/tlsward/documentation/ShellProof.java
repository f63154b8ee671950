/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tlsward.documentation.Script.Command;
import org.tlsward.site.Page.Block;

/** {@code sh}: the shell can read it, and each program takes what it is given. */
final class ShellProof implements Proof {
    /** What a reader has without us, and what is simple enough to be read by eye. */
    private static final Set<String> WELL_KNOWN = Set.of(("apt-get cat cd chmod chown cmp cp date diff dig echo exec export false git grep head install "
            + "journalctl jq keytool kill ln ls mkdir mv printf pwd python3 read rm scp sed set sha256sum sleep sort ssh "
            + "sudo systemctl tail tar tee test touch true umask unzip useradd wc [").split(" "));

    private static final Set<String> ENVIRONMENT = Set.of("HOME", "PATH", "PWD", "USER", "JAVA_HOME");

    /** Proves one command. */
    interface ProgramProof {
        void of(Block block, Command command, Context context);
    }

    private final Map<String, ProgramProof> programs = new HashMap<>();

    ShellProof() {
        programs.put("tlsward", new CommandProof());
        programs.put("make", new MakeProof());
        programs.put("mvn", new MavenProof());
        programs.put("java", new JavaProof());
        programs.put("curl", new CurlProof());
        programs.put("swaks", new SwaksProof());
        programs.put("openssl", new OpensslProof());
        ContainerProof container = new ContainerProof();
        List.of("docker", "podman", "buildah").forEach(name -> programs.put(name, container));
        programs.put("source", (block, command, context) -> {});
    }

    @Override
    public void of(Block block, Context context) {
        ShellSyntax.check(block);
        for (Command command : Script.parse(block.text(), block.line()).commands()) {
            check(block, command, context);
        }
    }

    private void check(Block block, Command command, Context context) {
        command.variables().stream()
                .filter(name -> !ENVIRONMENT.contains(name) && !context.hasVariable(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Mistake(
                            block.page(),
                            command.line(),
                            "unknown variable",
                            name,
                            "one that an earlier line of the page sets");
                });
        if (command.words().stream().anyMatch(word -> word.contains("..."))) {
            throw new Mistake(
                    block.page(),
                    command.line(),
                    "there is",
                    "...",
                    "complete commands; capitals for what the reader fills in");
        }
        remember(command, context);
        writtenFile(block, command, context);
        String program = command.program().replaceAll("^(?:\\$[A-Z]+/?)?(?:cli/|bin/)?(?=tlsward$)", "");
        if (program.isEmpty()) {
            return;
        }
        if (program.equals("bash") || program.equals("sh")) {
            inner(block, command, context);
        } else if (program.equals("sudo")) {
            check(block, without(command, 1), context);
        } else if (programs.containsKey(program)) {
            programs.get(program).of(block, command, context);
        } else if (isOurScript(program)) {
            // it is in the repository
        } else if (!WELL_KNOWN.contains(program)) {
            Set<String> known = new TreeSet<>(WELL_KNOWN);
            known.addAll(programs.keySet());
            throw new Mistake(block.page(), command.line(), "unknown program", program, String.join(", ", known));
        }
        NamedFiles.check(block, command, context);
    }

    /** {@code bash -c '...'}: what it is given is a script as any other. */
    private void inner(Block block, Command command, Context context) {
        List<String> arguments = command.arguments();
        if (arguments.size() == 2 && arguments.get(0).equals("-c")) {
            Script.parse(arguments.get(1) + "\n", command.line()).commands().forEach(some -> check(block, some, context));
        } else if (arguments.size() != 1 || !isOurScript(arguments.get(0))) {
            throw new Mistake(
                    block.page(), command.line(), "unproved script", String.join(" ", arguments), "-c and a script, or one of the repository");
        }
    }

    private static boolean isOurScript(String program) {
        return program.contains("/") && java.nio.file.Files.isExecutable(Project.path(program));
    }

    private static Command without(Command command, int first) {
        List<String> rest = command.words().subList(first, command.words().size());
        return new Command(
                command.line(),
                command.assignments(),
                rest,
                command.reads(),
                command.writes(),
                command.variables(),
                command.input());
    }

    private static void remember(Command command, Context context) {
        command.assignments().forEach(some -> context.variable(some.split("=", 2)[0]));
        if (command.program().equals("export") || command.program().equals("read")) {
            command.arguments().forEach(some -> context.variable(some.split("=", 2)[0]));
        }
    }

    /** A configuration that a page writes by a here-document is a configuration. */
    private static void writtenFile(Block block, Command command, Context context) {
        for (String file : command.writes()) {
            context.file(file);
            String ending = file.replaceAll(".*\\.", "");
            if (ending.equals("py")) {
                Ran ran = Ran.of(command.input(), "python3", "-c", "import sys; compile(sys.stdin.read(), 'page', 'exec')");
                if (ran.exit() != 0) {
                    throw new Mistake(block.page(), command.line(), "python3 says: " + ran.output().strip());
                }
            }
            if (!command.input().isEmpty() && Proofs.LANGUAGES.contains(ending)) {
                // The document begins behind the line of its command.
                Proofs.forLanguage(ending)
                        .of(new Block(block.page(), command.line() + 1, ending, command.input()), context);
            }
        }
    }
}
