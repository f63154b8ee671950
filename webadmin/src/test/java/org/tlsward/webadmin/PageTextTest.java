/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of the page by reading it. */
class PageTextTest {
    private static final Path FOLDER = Path.of("src/main/resources/org/tlsward/webadmin/page");
    private static final Pattern KEY = Pattern.compile("(?m)^  '([^']+)': '((?:[^'\\\\]|\\\\.)*)',$");
    private static final Pattern PART = Pattern.compile("\\{\\w+}");

    /** Whatever makes markup or code of a string. */
    private static final Pattern DANGEROUS = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
            + "|\\beval\\b|new Function|setAttribute\\(['\"`]on|javascript:|srcdoc|createContextualFragment|DOMParser"
            + "|setHTML|importScripts|\\.style\\b|localStorage\\.setItem\\(TOKEN|document\\.cookie");

    @Test
    void everyFileShouldBeServedAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(PageFiles.NAMES.stream(), Stream.of(PageFiles.SHELL))
                                    .toList());
        }
    }

    @Test
    void nothingShouldBecomeMarkupOrCode() throws IOException {
        for (Path script : scripts()) {
            assertThat(DANGEROUS.matcher(Files.readString(script)).results().map(MatchResult::group))
                    .as(script.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node.innerHTML = text",
                "node.insertAdjacentHTML('beforeend', text)",
                "document.write(text)",
                "eval(text)",
                "node.setAttribute('onclick', text)",
                "href: 'javascript:alert(1)'",
                "new Function(text)"
            })
    void dangerousLinesShouldBeFound(String line) {
        assertThat(DANGEROUS.matcher(line).find()).isTrue();
    }

    @Test
    void onlyOneModuleShouldMakeNodes() throws IOException {
        for (Path script : scripts()) {
            if (!script.endsWith("dom.js")) {
                assertThat(Files.readString(script))
                        .as(script.toString())
                        .doesNotContain("createElement", "createTextNode", "cloneNode");
            }
        }
    }

    @Test
    void shellShouldHaveNothingInsideThatRunsOrPaints() throws IOException {
        String shell = Files.readString(FOLDER.resolve(PageFiles.SHELL));

        assertThat(shell).doesNotContain("style=", "<style", "onload", "onerror", "://");
        assertThat(shell).containsPattern("<script type=\"module\" src=\"tlsward/page/main.js\"></script>");
    }

    @Test
    void nothingShouldBeLoadedFromElsewhere() throws IOException {
        for (String name : PageFiles.NAMES) {
            String text = Files.readString(FOLDER.resolve(name)).replace("http://www.w3.org/2000/svg", "");
            assertThat(text).as(name).doesNotContain("://", "@import", "url(\"//");
        }
    }

    @Test
    void languagesShouldHaveTheSameKeysAndParts() throws IOException {
        Map<String, String> english = words("en");
        Map<String, String> german = words("de");

        assertThat(german.keySet()).containsExactlyElementsOf(english.keySet());
        assertThat(english).hasSizeGreaterThan(200);
        english.forEach(
                (key, text) -> assertThat(parts(german.get(key))).as(key).isEqualTo(parts(text)));
    }

    @Test
    void noLineOfWordsShouldBeOverlooked() throws IOException {
        for (String language : List.of("de", "en")) {
            long lines = Files.readAllLines(FOLDER.resolve("words-" + language + ".js")).stream()
                    .filter(line -> line.startsWith("  "))
                    .count();
            assertThat(words(language)).hasSize((int) lines);
        }
    }

    @Test
    void whatIsSaidShouldHaveWords() throws IOException {
        Set<String> known = words("en").keySet();
        Set<String> said = new TreeSet<>();
        for (Path script : scripts()) {
            Pattern.compile("\\bsay\\('([^']+)'")
                    .matcher(Files.readString(script))
                    .results()
                    .forEach(each -> said.add(each.group(1)));
        }
        assertThat(said).hasSizeGreaterThan(100);
        assertThat(known).containsAll(said);
    }

    @Test
    void filesShouldBeShort() throws IOException {
        for (Path script : scripts()) {
            assertThat(Files.readAllLines(script)).as(script.toString()).hasSizeLessThan(400);
        }
    }

    /** WCAG 2.1: 4.5:1 for text (1.4.3), 3:1 for what surrounds fields and for parts of pictures (1.4.11). */
    @Test
    void coloursShouldBeReadable() throws IOException {
        String css = Files.readString(FOLDER.resolve("page.css"));
        int dark = css.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, String> light = colours(css.substring(0, dark));
        Map<String, String> night = colours(css.substring(dark, css.indexOf("*, *::before")));
        assertThat(night.keySet()).isEqualTo(light.keySet());
        for (Map<String, String> colours : List.of(light, night)) {
            for (String ground : List.of("ground", "surface", "raised")) {
                for (String ink : List.of("ink", "muted", "accent", "ok", "warning", "fail", "danger")) {
                    assertContrast(colours, ink, ground, 4.5);
                }
            }
            for (String kind : List.of("ok", "warning", "fail", "accent")) {
                for (String ink : List.of(kind, "ink", "muted", "accent")) {
                    assertContrast(colours, ink, kind + "-wash", 4.5);
                }
            }
            assertContrast(colours, "danger", "fail-wash", 4.5);
            assertContrast(colours, "accent-ink", "accent", 4.5);
            assertContrast(colours, "danger-ink", "danger", 4.5);
            assertContrast(colours, "edge", "surface", 3);
        }
    }

    @Test
    void contrastShouldBeThatOfTheRecommendation() {
        assertThat(contrast("#000000", "#ffffff")).isEqualTo(21);
        assertThat(contrast("#777777", "#ffffff")).isBetween(4.47, 4.48);
    }

    private static void assertContrast(Map<String, String> colours, String ink, String ground, double least) {
        assertThat(contrast(colours.get(ink), colours.get(ground)))
                .as("--%s %s on --%s %s", ink, colours.get(ink), ground, colours.get(ground))
                .isGreaterThanOrEqualTo(least);
    }

    private static Map<String, String> colours(String css) {
        Map<String, String> colours = new LinkedHashMap<>();
        Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});")
                .matcher(css)
                .results()
                .forEach(each -> colours.put(each.group(1), each.group(2)));
        return colours;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            linear[i] = part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    private static Map<String, String> words(String language) throws IOException {
        Map<String, String> words = new LinkedHashMap<>();
        KEY.matcher(Files.readString(FOLDER.resolve("words-" + language + ".js")))
                .results()
                .forEach(each -> assertThat(words.put(each.group(1), each.group(2)))
                        .as("twice: " + each.group(1))
                        .isNull());
        return words;
    }

    private static Set<String> parts(String text) {
        Set<String> parts = new TreeSet<>();
        PART.matcher(text).results().forEach(each -> parts.add(each.group().toLowerCase(Locale.ROOT)));
        return parts;
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList());
        }
    }
}
