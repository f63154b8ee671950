/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The word of an operator that a list of members which became much shorter is meant to be so: a file beside it that holds its SHA-256, in
 * the format of {@code sha256sum}. As it names the content, it cannot confirm the next accident.
 */
final class Confirmation {
    private static final int LONGEST = 8192;

    private Confirmation() {}

    /** True if a list that had {@code before} entries may not have {@code now} without a confirmation. */
    static boolean isNeeded(int before, int now) {
        return 2L * now < before;
    }

    static Path besides(Path file) {
        return file.resolveSibling(file.getFileName() + ".confirm");
    }

    /** True if the file beside {@code file} holds {@code sha256}. */
    static boolean isGiven(Path file, String sha256) {
        Path confirmation = besides(file);
        try {
            if (!Files.isRegularFile(confirmation) || Files.size(confirmation) > LONGEST) {
                return false;
            }
            // ISO 8859-1 because sha256sum writes the name of the file behind, in whatever encoding
            String text = Files.readString(confirmation, StandardCharsets.ISO_8859_1)
                    .strip()
                    .toLowerCase(Locale.ROOT);
            // sha256sum puts a backslash before the line of a file with an odd name
            return (text.startsWith("\\") ? text.substring(1) : text).matches(sha256 + "(?s:\\s.*)?");
        } catch (IOException e) {
            return false;
        }
    }

    /** The command that gives it. */
    static String command(Path file) {
        return "sha256sum " + word(file) + " > " + word(besides(file));
    }

    private static String word(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9_./+:@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
