/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.time.Period;
import java.util.Optional;

/**
 * How evidence is written.
 *
 * @param directory of its files; empty for the usual one
 * @param keys directory of its keys and of the signed head; empty for the one beside {@code directory}
 * @param addresses how people are shown
 * @param retention how long files are kept; empty for ever
 * @param node what this server is called among those that deliver the same mail; empty for the name of its host
 */
public record EvidenceSettings(
        Optional<Path> directory,
        Optional<Path> keys,
        Addresses addresses,
        Optional<Period> retention,
        Optional<String> node) {
    /** As in a file that does not mention it. */
    public static final EvidenceSettings DEFAULT = new EvidenceSettings(
            Optional.empty(), Optional.empty(), Addresses.PLAIN, Optional.empty(), Optional.empty());

    private static final String NAME = "evidence";

    /** How people are shown. */
    public enum Addresses {
        /** As they are. */
        PLAIN,
        /** As hashes under a key: who has the key can look an address up, nobody else can tell who it is. */
        KEYED
    }

    /** The directory of its files, in a server with that {@code var}. */
    public Path directory(Path var) {
        return directory.orElse(var.resolve(NAME)).toAbsolutePath().normalize();
    }

    /** The directory of its keys, in a server with that {@code var}. */
    public Path keys(Path var) {
        Path files = directory(var);
        return keys.orElse(files.resolveSibling(files.getFileName() + "-key"))
                .toAbsolutePath()
                .normalize();
    }
}
