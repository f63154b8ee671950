/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The line that a file of ours begins with: what it is, and the version of its form, for example {@code tlsward-mtasts 1}. A file of a newer
 * version is not damaged and is never treated so: it is told, and it is not overwritten.
 *
 * @param kind what the file is
 * @param version that we write, and the newest that we read
 */
public record FormatLine(String kind, int version) {
    /** Beside its old place, a file that a newer TLS Ward has written. */
    public static final String NEWER = ".newer";

    private static final int LONGEST = 200;

    /** That line of that text, for example {@code tlsward-mtasts 1}. */
    public static FormatLine of(String line) {
        int blank = line.lastIndexOf(' ');
        return new FormatLine(line.substring(0, blank), Integer.parseInt(line.substring(blank + 1)));
    }

    /** The line itself. */
    public String text() {
        return kind + " " + version;
    }

    /** What to tell if a text was written by a newer TLS Ward than this; empty if it was not, whatever else is wrong with it. */
    public Optional<String> newerThanThis(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        if (!first.startsWith(kind + " ")) {
            return Optional.empty();
        }
        String number = first.substring(kind.length() + 1);
        boolean newer = number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) > version;
        return newer
                ? Optional.of("it has version " + number + " (expected: version " + version
                        + "): a newer TLS Ward has written it; start that one, or see docs/formats.md")
                : Optional.empty();
    }

    /** Before a file is overwritten: one of a newer version is set aside, beside its place. */
    public void setAsideIfNewer(Path file) throws IOException {
        if (Files.isRegularFile(file) && newerThanThis(firstLine(file)).isPresent()) {
            Files.move(file, file.resolveSibling(file.getFileName() + NEWER), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String firstLine(Path file) throws IOException {
        char[] begin = new char[LONGEST];
        // ISO 8859-1: whatever bytes there are, reading them does not fail
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int read = reader.read(begin);
            return new String(begin, 0, Math.max(0, read));
        }
    }
}
