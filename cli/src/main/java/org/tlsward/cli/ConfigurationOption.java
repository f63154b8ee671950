/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tlsward.config.JamesDirectories;
import org.tlsward.token.TokenFile;
import picocli.CommandLine.Option;

/** Where the configuration is. */
final class ConfigurationOption {
    private static final String FILE = "tlsward.xml";

    @Option(
            names = "--conf",
            paramLabel = "DIR",
            description = "Folder with tlsward.xml (default: $TLSWARD_CONF, or ./conf).")
    private Path given;

    /** The folder, whether it exists or not. */
    Path directory(Surroundings surroundings) {
        Path named = Optional.ofNullable(given)
                .or(() -> surroundings.environment().apply("TLSWARD_CONF").map(Path::of))
                .orElse(Path.of("conf"));
        return surroundings.directory().resolve(named).normalize();
    }

    Path file(Surroundings surroundings) {
        return directory(surroundings).resolve(FILE);
    }

    /** The named tokens of the server with that configuration. */
    TokenFile tokens(Surroundings surroundings) {
        return new TokenFile(directory(surroundings).resolve(TokenFile.NAME), surroundings.clock());
    }

    /** True if somebody named a folder, or the usual one has a configuration. */
    boolean isThere(Surroundings surroundings) {
        return given != null
                || surroundings.environment().apply("TLSWARD_CONF").isPresent()
                || Files.exists(file(surroundings));
    }

    /** James keeps {@code conf} and {@code var} side by side. */
    JamesDirectories directories(Surroundings surroundings) {
        Path conf = directory(surroundings);
        Path root = Optional.ofNullable(conf.getParent()).orElse(conf);
        return new JamesDirectories(root, conf, root.resolve("var"));
    }
}
