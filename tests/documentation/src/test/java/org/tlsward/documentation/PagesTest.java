/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tlsward.policy.Reason;
import org.tlsward.site.Page;
import org.tlsward.site.Page.Reference;
import org.tlsward.site.Page.Title;

/** The pages hold together: links lead somewhere, every page is found, every reason has its place. */
class PagesTest {
    private static final Map<String, Page> PAGES =
            Project.pages().stream().collect(Collectors.toMap(Page::name, Function.identity()));

    @TestFactory
    Stream<DynamicTest> linksShouldLeadSomewhere() {
        return PAGES.values().stream()
                .flatMap(page -> page.references().stream())
                .filter(link -> !link.target().matches("[a-z]+:.*"))
                .map(link -> dynamicTest(link.page() + ":" + link.line() + " " + link.target(), () -> check(link)));
    }

    private static void check(Reference link) {
        String path = link.target().replaceAll("#.*", "");
        String meant = path.isEmpty() ? link.page() : resolve(link.page(), path);
        if (!Files.exists(Project.path(meant))) {
            throw new Mistake(link.page(), link.line(), "link to nothing", link.target(), "a file of the repository");
        }
        String anchor = link.target().replaceAll("^[^#]*#?", "");
        Page page = PAGES.get(meant);
        if (!anchor.isEmpty() && page != null) {
            List<String> anchors = page.titles().stream().map(Title::anchor).toList();
            if (!anchors.contains(anchor)) {
                throw new Mistake(link.page(), link.line(), "unknown anchor", anchor, String.join(", ", anchors));
            }
        }
    }

    private static String resolve(String page, String path) {
        Path folder = Path.of("/").resolve(page).getParent();
        return Path.of("/").relativize(folder.resolve(path).normalize()).toString();
    }

    @Test
    void indexShouldLinkEveryPage() {
        Set<String> linked = PAGES.get("docs/README.md").references().stream()
                .map(link -> resolve("docs/README.md", link.target().replaceAll("#.*", "")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(PAGES.keySet())
                .filteredOn(name ->
                        name.startsWith("docs/") && !name.startsWith("docs/adr/") && !name.equals("docs/README.md"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(linked).contains(name));
    }

    @Test
    void everyReasonShouldHaveAHeading() {
        List<String> titles = PAGES.get("docs/troubleshooting.md").titles().stream()
                .map(Title::text)
                .toList();

        assertThat(Arrays.stream(Reason.values()).map(Reason::word))
                .allSatisfy(word -> assertThat(titles).contains(word));
    }

    @Test
    void anchorsShouldBeThoseOfGitHub() {
        Page page = Page.of("page.md", "# A `b` & C\n\n## 3. `conf/x.xml`\n\n## Ärzte\n\n## Ärzte\n");

        assertThat(page.titles()).extracting(Title::anchor).containsExactly("a-b--c", "3-confxxml", "ärzte", "ärzte-1");
    }
}
