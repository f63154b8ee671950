/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The texts for {@code licenses/}: those that a library carries; else that of {@code build/release/texts}, named after its group; else, where
 * its licence is that of our {@code LICENSE}, that.
 *
 * @param own the texts that libraries do not carry
 * @param apache our {@code LICENSE}
 */
record LicenceTexts(Path own, Path apache) {
    private static final String FOLDER = "licenses/";
    private static final String APACHE = FOLDER + "Apache-2.0.txt";
    /** Of licences that we do not take from those that a library offers, no text is needed. */
    private static final Pattern CARRIED = Pattern.compile("(META-INF/)?((LICENSE|NOTICE)(?!.*GPL)[^/]*)");

    /** By path in the zip. */
    SortedMap<String, PackedFile> of(Iterable<Library> libraries) throws IOException {
        SortedMap<String, PackedFile> texts = new TreeMap<>();
        for (Library library : libraries) {
            Map<String, PackedFile> carried = carried(library);
            texts.putAll(carried);
            if (carried.keySet().stream().noneMatch(name -> name.contains("LICENSE"))) {
                addOwn(texts, library);
            }
            for (Licences.Part part : library.parts()) {
                texts.put(FOLDER + part.name() + ".txt", required(own.resolve(part.name() + ".txt"), part.name()));
            }
        }
        return texts;
    }

    /** Where the texts of this library are, as paths in the zip. */
    Iterable<String> pathsOf(Library library) throws IOException {
        return of(List.of(library)).keySet();
    }

    private static Map<String, PackedFile> carried(Library library) throws IOException {
        Map<String, PackedFile> carried = new TreeMap<>();
        try (JarFile jar = new JarFile(library.jar().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                var name = CARRIED.matcher(entry.getName());
                if (name.matches()) {
                    byte[] text = jar.getInputStream(entry).readAllBytes();
                    String target = FOLDER + library.coordinates().artifact() + '/' + name.group(2);
                    carried.put(target, PackedFile.of(new String(text, StandardCharsets.UTF_8).replace("\r\n", "\n")));
                }
            }
        }
        return carried;
    }

    private void addOwn(SortedMap<String, PackedFile> texts, Library library) throws IOException {
        String group = library.coordinates().group();
        if (library.chosen().equals("Apache-2.0")) {
            texts.put(APACHE, required(apache, group));
        } else {
            texts.put(
                    FOLDER + group + ".txt",
                    required(own.resolve(group + ".txt"), library.coordinates().toString()));
        }
    }

    private static PackedFile required(Path text, String whose) throws IOException {
        if (!Files.exists(text)) {
            throw new UnfitForReleaseException(whose + ": carries no text of its licence, and there is no " + text);
        }
        return PackedFile.of(Files.readString(text));
    }
}
