/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What became of a program.
 *
 * @param exit its code
 * @param output what it printed, errors included
 */
record Ran(int exit, String output) {
    private static final int PATIENCE_SECONDS = 60;

    /** Runs it in the root of the repository. */
    static Ran of(String input, String... line) {
        return of(Project.root(), Map.of(), input, List.of(line));
    }

    static Ran of(Path directory, Map<String, String> environment, String input, List<String> line) {
        try {
            Path in = Files.createTempFile(Project.target("ran"), "in", "");
            Path out = Files.createTempFile(Project.target("ran"), "out", "");
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
                throw new AssertionError(line + " does not end; it said: " + read(out));
            }
            String output = read(out);
            Files.delete(in);
            Files.delete(out);
            return new Ran(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
