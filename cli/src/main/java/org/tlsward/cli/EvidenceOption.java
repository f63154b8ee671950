/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tlsward.config.EvidenceSettings;
import org.tlsward.config.WardConfigurationException;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.evidence.EvidenceVerifier.Question;
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

    /** What to verify: files, key and head; a key that was named counts before the one of the configuration. */
    Question question(Surroundings surroundings, Optional<Path> key, Optional<String> head) throws IOException {
        Question question = folders(surroundings, head);
        if (!Files.isDirectory(question.directory())) {
            throw new UsageException(
                    "unsupported folder \"" + question.directory() + "\" (expected: a folder with evidence)");
        }
        return key.map(surroundings.directory()::resolve).map(question::withKey).orElse(question);
    }

    private Question folders(Surroundings surroundings, Optional<String> head) throws IOException {
        if (directory.isPresent()) {
            return Question.usual(surroundings.directory().resolve(directory.get()), head);
        }
        EvidenceSettings settings = settings(surroundings);
        Path var = configuration.directory(surroundings).resolveSibling("var");
        return Question.of(settings.directory(var), settings.keys(var), head);
    }

    private EvidenceSettings settings(Surroundings surroundings) throws IOException {
        if (!configuration.isThere(surroundings)) {
            return EvidenceSettings.DEFAULT;
        }
        try {
            return new WardConfigurationReader(configuration.directories(surroundings))
                    .read(configuration.file(surroundings))
                    .evidence();
        } catch (WardConfigurationException e) {
            throw new UsageException(e.problems().get(0));
        }
    }
}
