/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tlsward.site.Page;

/** Every block of code of every page, and every command in a sentence. */
class CodeBlocksTest {
    @TestFactory
    Stream<DynamicNode> blocks() {
        return Project.pages().stream()
                .filter(page -> !page.blocks().isEmpty())
                .map(page -> dynamicContainer(page.name(), tests(page)));
    }

    /** In the order of the page: what an earlier block makes, a later one may use. */
    private static List<DynamicTest> tests(Page page) {
        Context context = new Context();
        List<DynamicTest> tests = new ArrayList<>();
        page.blocks()
                .forEach(block -> tests.add(dynamicTest(
                        page.name() + ":" + block.line() + " " + block.language(),
                        () -> Proofs.prove(block, context))));
        return tests;
    }

    @TestFactory
    Stream<DynamicTest> commandsInSentences() {
        // What the changelog says of a release stays as it was then.
        return Project.pages().stream()
                .filter(page -> !page.name().equals("CHANGELOG.md"))
                .flatMap(page -> page.inlines().stream())
                .filter(Proofs::isCommand)
                .map(code -> dynamicTest(
                        code.page() + ":" + code.line() + " " + code.text(), () -> Proofs.prove(code, new Context())));
    }

    /** A parser that finds nothing would prove everything. */
    @Test
    void pagesShouldHaveBlocksOfMostLanguages() {
        List<Page.Block> all =
                Project.pages().stream().flatMap(page -> page.blocks().stream()).toList();

        assertThat(all).hasSizeGreaterThan(30);
        assertThat(all).extracting(Page.Block::language).contains("sh", "xml", "properties", "text");
        assertThat(Project.pages())
                .flatExtracting(Page::inlines)
                .filteredOn(Proofs::isCommand)
                .hasSizeGreaterThan(20);
    }
}
