/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.tlsward.emergency.StopFile;
import org.tlsward.explain.CleanText;
import org.tlsward.policy.EmergencyStop;
import picocli.CommandLine.Model.CommandSpec;

/** What an operator has stopped on the server that has this configuration: the command line asks its file. */
final class ServerStops {
    private static final int LONGEST = 1000;

    private ServerStops() {}

    /** Those that count now. Where they cannot be known, a line says so: an explanation without them may be wrong. */
    static List<EmergencyStop> known(ConfigurationOption configuration, Surroundings surroundings, CommandSpec spec) {
        if (!configuration.isThere(surroundings)) {
            return List.of(); // the shipped configuration is that of no server
        }
        Path var = configuration.directories(surroundings).var();
        Instant now = surroundings.clock().instant();
        try {
            if (!Files.isDirectory(var)) {
                throw new UncheckedIOException(new java.io.FileNotFoundException("there is no " + var));
            }
            return StopFile.of(var).read().stream()
                    .filter(stop ->
                            stop.until().filter(end -> !end.isAfter(now)).isEmpty())
                    .toList();
        } catch (UncheckedIOException e) {
            String why = CleanText.of(e.getCause().getMessage(), LONGEST);
            spec.commandLine()
                    .getErr()
                    .println("Emergency stops of the server are not known here (tlsward emergency list): " + why);
            return List.of();
        }
    }
}
