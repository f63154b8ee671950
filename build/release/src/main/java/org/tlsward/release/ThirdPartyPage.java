/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * {@code THIRD-PARTY.md}: for people what the bill of materials is for programs.
 *
 * @param version of the release
 * @param jars ours
 * @param texts where the texts of licences come from
 */
record ThirdPartyPage(String version, List<ShippedJar> jars, LicenceTexts texts) {
    String text() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("# What others have written\n\n")
                .append("TLS Ward ")
                .append(version)
                .append(
                        " is under the [Apache License 2.0](LICENSE). Inside its JARs are libraries of others, unchanged but for the names of\n")
                .append(
                        "their packages. [NOTICE](NOTICE) says what their authors want to be said, `licenses/` has the texts of their licences,\n")
                .append("and `sbom/` tells all this to programs (CycloneDX).\n\n")
                .append(
                        "| library | version | licence | source | inside | texts |\n| --- | --- | --- | --- | --- | --- |\n");
        for (Map.Entry<Library, List<String>> each : inside().entrySet()) {
            append(page, each.getKey(), each.getValue());
        }
        return page.toString();
    }

    private Map<Library, List<String>> inside() {
        Map<Library, List<String>> inside =
                new TreeMap<>((a, b) -> a.coordinates().compareTo(b.coordinates()));
        for (ShippedJar jar : jars) {
            jar.inside().forEach(library -> inside.computeIfAbsent(library, any -> new ArrayList<>())
                    .add(jar.name()));
        }
        return inside;
    }

    private void append(StringBuilder page, Library library, List<String> jars) throws IOException {
        StringJoiner links = new StringJoiner(", ");
        for (String path : texts.pathsOf(library)) {
            links.add('[' + path.replaceFirst(".*/", "") + "](" + path + ')');
        }
        String name = library.pom().name() + " (`" + library.coordinates().key() + "`)";
        String inside = String.join(", ", jars);
        row(
                page,
                name,
                library.coordinates().version(),
                licence(library),
                library.pom().url(),
                inside,
                links.toString());
        for (Licences.Part part : library.parts()) {
            row(page, part.name() + ", in the one above", "", part.licence(), part.url(), inside, "");
        }
    }

    private static String licence(Library library) {
        return library.choices().size() == 1
                ? library.chosen()
                : library.chosen() + ", taken of " + String.join(" OR ", library.choices());
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
