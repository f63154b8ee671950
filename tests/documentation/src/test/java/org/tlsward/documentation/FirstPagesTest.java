/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.tlsward.cli.PageLine;
import org.tlsward.site.Page;
import org.tlsward.site.Page.Block;

/** What the README and the quick start ask a server is asked, of a server, and the answers are those that the pages show. */
@TestMethodOrder(OrderAnnotation.class)
class FirstPagesTest {
    /** Commands that need no server, no DNS and no other host; and how they may end where a page has placeholders. */
    private static final Set<String> OFFLINE = Set.of(
            "tlsward config check",
            "tlsward token add",
            "tlsward token list",
            "tlsward token revoke",
            "tlsward evidence verify",
            "tlsward evidence show",
            "tlsward suggest",
            "tlsward report month",
            "tlsward completion",
            "tlsward headers");

    private static final String EVIDENCE = "var/evidence";

    private static final String MAIL =
            """
            Received: from mail.partner.example (mail.partner.example [192.0.2.7])\r
            \tby mx.klinik.example with ESMTPS id 1 (version=TLSv1.3); Mon, 23 Nov 2026 01:00:00 +0000\r
            From: office@partner.example\r
            Message-ID: <1@partner.example>\r
            \r
            text\r
            """;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> readme() throws IOException {
        List<Step> steps = Step.of(Page.read(Project.root(), "README.md"));
        assertThat(steps).hasSizeGreaterThanOrEqualTo(2);
        assertThat(steps).anySatisfy(step -> assertThat(step.expected()).anyMatch(some -> some.startsWith("530")));
        return steps.stream().map(FirstPagesTest::test);
    }

    /** With the configuration that the reader has there. */
    @TestFactory
    @Order(2)
    Stream<DynamicTest> quickStart() throws IOException {
        Page page = Page.read(Project.root(), "docs/quickstart.md");
        Block configuration = page.blocks().stream()
                .filter(block -> block.language().equals("xml") && block.text().startsWith("<tlsward>"))
                .findFirst()
                .orElseThrow();
        List<Step> steps = Step.of(page);
        Step refused = steps.stream()
                .filter(step -> step.expected().stream().anyMatch(some -> some.startsWith("530")))
                .findFirst()
                .orElseThrow();
        server.configure(configuration.text(), () -> isAsShown(refused));
        // The reader's James knows nobody yet.
        for (String user : List.of("praxis", "info")) {
            Ran.of(
                    "",
                    "curl",
                    "-s",
                    "-X",
                    "DELETE",
                    server.withPorts("http://127.0.0.1:8000/users/" + user + "@klinik.example"));
        }
        assertThat(steps).hasSizeGreaterThanOrEqualTo(6);
        return steps.stream().map(FirstPagesTest::test);
    }

    private static DynamicTest test(Step step) {
        return dynamicTest(step.page() + ":" + step.line(), () -> step.check(run(step)));
    }

    private static String run(Step step) {
        return Ran.of(server.home(), Map.of(), "", List.of("bash", "-c", server.withPorts(step.script())))
                .output();
    }

    private static boolean isAsShown(Step step) {
        try {
            step.check(run(step));
            return true;
        } catch (Mistake e) {
            return false;
        }
    }

    /** Every one of the pages, in the folder of the server that has just been used. */
    @TestFactory
    @Order(3)
    Stream<DynamicTest> offlineCommands() throws IOException {
        Files.writeString(server.home().resolve("mail.eml"), MAIL);
        Files.writeString(server.home().resolve("conf/tlsward.xml"), Project.read("conf/tlsward.xml"));
        Set<List<String>> lines = new LinkedHashSet<>();
        Project.pages().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> Script.parse(block.text(), block.line()).commands().stream())
                .filter(command -> command.program().endsWith("tlsward"))
                .map(command -> atHome(command.arguments()))
                .filter(words -> isOffline(words))
                .forEach(lines::add);
        assertThat(lines).hasSizeGreaterThan(5);
        return lines.stream()
                .map(words -> dynamicTest("tlsward " + String.join(" ", words), () -> {
                    PageLine.Ended ended = PageLine.run(server.home(), words.toArray(String[]::new));
                    assertThat(ended.exit()).as(ended.output()).isIn(0, 1, 2);
                    boolean certain = words.contains("check")
                            || words.contains("add")
                            || words.contains("list")
                            || words.contains("completion");
                    if (certain) {
                        assertThat(ended.exit()).as(ended.output()).isZero();
                    }
                }));
    }

    private static boolean isOffline(List<String> words) {
        return OFFLINE.contains(PageLine.mention(words.stream()
                        .takeWhile(word -> word.matches("[a-z-]+") && !word.startsWith("-"))
                        .toArray(String[]::new)))
                && !words.contains("--key");
    }

    /** The folder of the server and its evidence, whatever the page calls them, and however many. */
    private static List<String> atHome(List<String> words) {
        List<String> here = new ArrayList<>();
        for (String word : words) {
            boolean evidence = word.matches("[^ ]*/evidence[^ /]*/?");
            if (!evidence) {
                here.add(word);
            } else if (!here.contains(EVIDENCE)) {
                here.add(EVIDENCE);
            } else if (here.get(here.size() - 1).equals("--evidence")) {
                here.remove(here.size() - 1);
            }
        }
        int conf = here.indexOf("--conf");
        if (conf >= 0) {
            here.set(conf + 1, "conf");
        }
        return here;
    }

    @Test
    void outputThatIsNotAsThePageSaysShouldBeSeen() {
        Page page = Page.of("page.md", "```sh\n# gets \"530 5.7.0 No\"\nswaks --server 127.0.0.1\n```\n");
        Step step = Step.of(page).get(0);

        assertThatThrownBy(() -> step.check("250 ok"))
                .hasMessageContaining("page.md:3: \"530 5.7.0 No\" is not in the output");
        step.check("<** 530 5.7.0 No\n");
    }

    @Test
    void refusalThatThePageDoesNotTellOfShouldBeSeen() {
        Step step = Step.of(Page.of("page.md", "```sh\nswaks --server 127.0.0.1\n```\n"))
                .get(0);

        assertThatThrownBy(() -> step.check("<** 530 5.7.0 No\n")).hasMessageContaining("tells of no refusal");
        step.check("<-  250 ok\n");
    }

    @Test
    void textThatFollowsShouldBeExpectedOfAllBeforeIt() {
        Page page = Page.of(
                "page.md",
                "```sh\nswaks --server 127.0.0.1\n```\n\nor\n\n```sh\nswaks --server 127.0.0.1 --tls\n```\n\n```text\n530 [...] No\n```\n");

        assertThat(Step.of(page)).hasSize(2).allSatisfy(step -> {
            step.check("<** 530 5.7.0 No\n");
            assertThatThrownBy(() -> step.check("250 ok")).isInstanceOf(Mistake.class);
        });
    }
}
