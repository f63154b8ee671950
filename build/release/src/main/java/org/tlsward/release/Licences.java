/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The licences that we accept: {@code build/release/licences.txt}, which explains its lines. */
final class Licences {
    /** Where a library is. */
    enum Place {
        /** mixed into a JAR of ours */
        INSIDE,
        /** a JAR of its own */
        BESIDE
    }

    /**
     * Foreign code in a library that is no library of its own.
     *
     * @param library {@code group:artifact}
     * @param name for people
     * @param licence SPDX
     * @param url of its project
     */
    record Part(String library, String name, String licence, String url) {}

    private final String file;
    private final Map<Place, Set<String>> permitted =
            Map.of(Place.INSIDE, new HashSet<>(), Place.BESIDE, new HashSet<>());
    private final Map<String, List<String>> names = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();

    private Licences(String file) {
        this.file = file;
    }

    static Licences read(Path file) throws IOException {
        Licences licences = new Licences(file.getFileName().toString());
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                licences.add(line.strip(), number);
            }
        }
        return licences;
    }

    private void add(String line, int number) {
        String[] words = line.split(" +", 2);
        switch (words[0]) {
            case "inside" -> permitted.values().forEach(set -> set.add(words[1]));
            case "beside" -> permitted.get(Place.BESIDE).add(words[1]);
            case "name" -> {
                String[] sides = words[1].split(" = ", 2);
                names.put(folded(sides[1]), List.of(sides[0].split(" OR ", -1)));
            }
            case "part" -> {
                String[] fields = words[1].split(" +", 4);
                parts.add(new Part(fields[0], fields[1], fields[2], fields[3]));
            }
            default -> throw new UnfitForReleaseException(file + ":" + number + ": unsupported word \"" + words[0]
                    + "\" (expected: inside, beside, name, part)");
        }
    }

    /** The SPDX identifiers to choose from. */
    List<String> choices(Coordinates library, Pom pom) {
        if (pom.licences().isEmpty()) {
            throw new UnfitForReleaseException(library + ": its POM tells no licence");
        }
        List<String> choices = new ArrayList<>();
        for (String name : pom.licences()) {
            List<String> known = names.get(folded(name));
            if (known == null) {
                throw new UnfitForReleaseException(library + ": unknown licence \"" + name
                        + "\" (known ones: the lines \"name\" of " + file + ")");
            }
            choices.addAll(known);
        }
        return choices.stream().distinct().toList();
    }

    /** The first of them that is permitted; where none is, the build ends. */
    String chosen(Coordinates library, List<String> choices, Place place) {
        return choices.stream()
                .filter(permitted.get(place)::contains)
                .findFirst()
                .orElseThrow(
                        () -> new UnfitForReleaseException(library + ": the licence " + String.join(" OR ", choices)
                                + " is not permitted " + place.name().toLowerCase(Locale.ROOT)
                                + (place == Place.INSIDE ? " JARs of ours" : " them")
                                + " (permitted: the lines of that word in " + file + ")"));
    }

    /** Foreign code in this library. */
    List<Part> partsOf(Coordinates library) {
        return parts.stream()
                .filter(part -> part.library().equals(library.key()))
                .toList();
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
