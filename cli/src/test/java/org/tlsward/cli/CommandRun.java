/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * One run of the command in this process.
 *
 * @param exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exit, String out, String err) {
    static CommandRun of(Path directory, String... args) {
        return of(new Surroundings(directory, name -> Optional.empty(), Clock.systemUTC()), Ansi.OFF, args);
    }

    static CommandRun of(Surroundings surroundings, Ansi ansi, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = TlsWard.commandLine(surroundings, ansi)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** The expected text of src/test/resources/golden. */
    static String golden(String name) throws IOException {
        try (var in = CommandRun.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no golden/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** For whoever writes a golden file anew: the text beside it in target. */
    static String kept(String name, String text) throws IOException {
        Path target = Path.of("target/golden").resolve(name);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
        return text;
    }
}
