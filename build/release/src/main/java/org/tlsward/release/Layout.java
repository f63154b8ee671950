/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes where: {@code build/release/layout.txt}, which explains its lines.
 *
 * @param lines in their order; a later one wins
 * @param leftOut paths in the zip
 */
record Layout(List<Line> lines, Set<String> leftOut) {
    private static final int MARK = 0;

    /**
     * A file or folder.
     *
     * @param optional may be missing
     * @param executable may be executed
     * @param target its path in the zip
     * @param source its path in the checkout
     */
    record Line(boolean optional, boolean executable, String target, String source) {}

    static Layout read(Path file) throws IOException {
        List<String> text = Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        List<Line> lines = new ArrayList<>();
        for (String line : text) {
            String[] words = line.substring(1).strip().split("\\s+", -1);
            char mark = line.charAt(MARK);
            if (" ?x-".indexOf(mark) < 0 || words.length != (mark == '-' ? 1 : 2)) {
                throw new UnfitForReleaseException(file + ": unsupported line \"" + line
                        + "\" (expected: mark, path in the zip, path in the checkout)");
            }
            if (mark != '-') {
                lines.add(new Line(mark == '?', mark == 'x', words[0], words[1]));
            }
        }
        return new Layout(
                lines,
                text.stream()
                        .filter(line -> line.charAt(MARK) == '-')
                        .map(line -> line.substring(1).strip())
                        .collect(Collectors.toSet()));
    }

    /** Takes the files; all that are missing are told at once. */
    NavigableMap<String, PackedFile> files(Path checkout) throws IOException {
        NavigableMap<String, PackedFile> files = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (Line line : lines) {
            Path source = checkout.resolve(line.source());
            if (Files.isDirectory(source)) {
                addFolder(files, source, line.target());
            } else if (Files.exists(source)) {
                files.put(line.target(), new PackedFile(Files.readAllBytes(source), line.executable()));
            } else if (!line.optional()) {
                missing.add(line.source());
            }
        }
        if (!missing.isEmpty()) {
            throw new UnfitForReleaseException("missing, in spite of layout.txt: " + String.join(", ", missing));
        }
        return files;
    }

    private void addFolder(Map<String, PackedFile> files, Path folder, String target) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                String name = target + '/' + folder.relativize(each).toString().replace('\\', '/');
                if (!leftOut.contains(name)) {
                    files.put(name, new PackedFile(Files.readAllBytes(each), false));
                }
            }
        }
    }
}
