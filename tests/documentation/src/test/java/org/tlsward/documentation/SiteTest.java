/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.site.Site;

/** {@code make site}: every link inside leads somewhere, and nothing comes from elsewhere. */
class SiteTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

    private static Path site;
    private static int pages;

    @BeforeAll
    static void build() throws IOException {
        site = Project.target("site");
        pages = Site.build(Project.root(), site);
    }

    @Test
    void everyPageShouldBeThere() throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            assertThat(files.filter(file -> file.toString().endsWith(".html"))).hasSize(pages);
        }
        assertThat(pages).isEqualTo(Project.pages().size());
        assertThat(site.resolve("index.html")).content().contains("<h1 id=\"tls-ward\">", "aria-current=\"page\"");
    }

    @Test
    void linksShouldLeadSomewhere() throws IOException {
        Set<String> dead = new TreeSet<>();
        int links = 0;
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file :
                    files.filter(some -> some.toString().endsWith(".html")).toList()) {
                for (String link : all(LINK, file)) {
                    links++;
                    if (!link.matches("[a-z]+:.*") && !resolves(file, link)) {
                        dead.add(site.relativize(file) + " " + link);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    private static boolean resolves(Path file, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target =
                parts[0].isEmpty() ? file : file.getParent().resolve(parts[0]).normalize();
        boolean there = Files.isRegularFile(target) && target.startsWith(site);
        return there
                && (parts.length == 1
                        || !target.toString().endsWith(".html")
                        || all(ID, target).contains(parts[1]));
    }

    private static Set<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult some) -> some.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** It works from a disk, and tells nobody who reads it. */
    @Test
    void nothingShouldComeFromElsewhere() throws IOException {
        Pattern loaded =
                Pattern.compile("<(?:script|img|iframe|link)[^>]*(?:src|href)=\"(?:[a-z]+:)?//|@import|url\\(");
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file : files.filter(some -> some.toString().matches(".*\\.(html|css)"))
                    .toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(loaded);
            }
        }
        assertThat(site.resolve("style.css")).content().contains("prefers-color-scheme: dark", "@media print");
    }
}
