/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.config.WardConfigurationReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Where the evidence is. */
final class EvidenceOption {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIRECTORY",
            description =
                    "Folder with the evidence (default: the one that tlsward.xml names, or var/evidence beside conf).")
    private Optional<Path> directory = Optional.empty();

    @Mixin
    private ConfigurationOption configuration;

    /** The folder. */
    Path directory(Surroundings surroundings) throws IOException {
        Path found =
                directory.isPresent() ? surroundings.directory().resolve(directory.get()) : configured(surroundings);
        if (!Files.isDirectory(found)) {
            throw new UsageException("unsupported folder \"" + found + "\" (expected: a folder with evidence)");
        }
        return found;
    }

    private Path configured(Surroundings surroundings) throws IOException {
        Path usual = configuration.directory(surroundings).resolveSibling("var").resolve("evidence");
        if (!configuration.isThere(surroundings)) {
            return usual;
        }
        try {
            return new WardConfigurationReader(configuration.directories(surroundings))
                    .read(configuration.file(surroundings))
                    .evidence()
                    .orElse(usual);
        } catch (WardConfigurationException e) {
            throw new UsageException(e.problems().get(0));
        }
    }
}
