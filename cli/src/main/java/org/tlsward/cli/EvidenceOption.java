/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            index = "0..*",
            arity = "0..*",
            paramLabel = "DIRECTORY",
            description =
                    "Folder with the evidence (default: the one that tlsward.xml names, or var/evidence beside conf). Several are"
                            + " the logs of several servers, each with its own key.")
    private List<Path> directories = List.of();

    @Mixin
    private ConfigurationOption configuration;

    /** What to verify, for each server: files, key and head; a key that was named counts before the one of the configuration. */
    List<Question> questions(Surroundings surroundings, List<Path> keys, Optional<String> head) throws IOException {
        List<Question> questions = folders(surroundings, head);
        if (keys.size() > 1 && keys.size() != questions.size()) {
            throw new UsageException("unsupported keys: " + keys.size() + " for " + questions.size()
                    + " folders (expected: one --key for each folder, in their order)");
        }
        if (questions.size() > 1 && keys.size() == 1) {
            throw new UsageException(
                    "unsupported key for several folders (expected: one --key for each, in their order)");
        }
        List<Question> found = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            if (!Files.isDirectory(question.directory())) {
                throw new UsageException(
                        "unsupported folder \"" + question.directory() + "\" (expected: a folder with evidence)");
            }
            found.add(
                    keys.isEmpty()
                            ? question
                            : question.withKey(surroundings.directory().resolve(keys.get(i))));
        }
        return found;
    }

    private List<Question> folders(Surroundings surroundings, Optional<String> head) throws IOException {
        if (!directories.isEmpty()) {
            return directories.stream()
                    .map(folder -> Question.usual(surroundings.directory().resolve(folder), head))
                    .toList();
        }
        EvidenceSettings settings = settings(surroundings);
        Path var = configuration.directory(surroundings).resolveSibling("var");
        return List.of(Question.of(settings.directory(var), settings.keys(var), head));
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
