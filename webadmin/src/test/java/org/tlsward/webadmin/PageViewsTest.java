/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.tlsward.token.TokenGate;
import org.tlsward.webadmin.browser.HeadlessBrowser;
import org.tlsward.webadmin.browser.OperatorsTab;
import org.tlsward.webadmin.browser.OperatorsTab.Scene;

/** Every view in a real browser, with answers that are much of everything. Pictures of them are in target/screenshots. */
class PageViewsTest {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Scene KEPT = new Scene("kept", "#/quarantine/kept-1", java.util.Map.of(), "");
    private static final Scene PENDING = new Scene("pending", "#/quarantine/kept-2", java.util.Map.of(), "");
    private static final Scene REPORT = new Scene("report", "#/reports/r2", java.util.Map.of(), "");

    /** What would be seen or counted if any of it became more than text. */
    private static final String HOSTILE = "\"'><script>window.harmed=1</script><img src=x onerror='window.harmed=2'>"
            + "<svg onload=\"window.harmed=3\"></svg>{{harmed}}javascript:window.harmed=4\u202egnp.exe\u202c\u0000\u0007"
            + "\u001b[31m\u200b\u2028";

    @TempDir
    static Path home;

    private static FakeApi api;
    private static WebAdminServer server;
    private static HeadlessBrowser browser;
    private static OperatorsTab tab;

    @BeforeAll
    static void start() {
        api = new FakeApi();
        RequestGuard guard = new RequestGuard(List.of(), new TokenGate(home.resolve("tlsward-tokens")));
        server = WebAdminUtils.createWebAdminServer(new TlsWardPage(guard), api).start();
        browser = new HeadlessBrowser();
        tab = new OperatorsTab(browser, "http://127.0.0.1:" + server.getPort().getValue() + "/tlsward");
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.destroy();
    }

    @BeforeEach
    void reset() {
        api.reset();
        browser.look("light", 1280);
        browser.complaints();
    }

    private static List<Scene> scenes() {
        List<Scene> scenes = new ArrayList<>(OperatorsTab.SCENES);
        scenes.addAll(List.of(KEPT, PENDING, REPORT));
        return scenes;
    }

    @ParameterizedTest
    @CsvSource({"en,light,1920", "de,dark,1920", "de,light,360", "en,dark,360"})
    void everyViewShouldFitAndBeInOrder(String language, String scheme, int width) {
        String name = "-" + language + "-" + scheme + "-" + width;
        browser.look(scheme, width);
        tab.open(language);
        tab.picture(PICTURES, "sign-in" + name);
        tab.enter(language, "anna.secret");
        for (Scene scene : scenes()) {
            tab.play(scene);
            tab.picture(PICTURES, scene.name() + name);
            assertThat(browser.text("main")).as(scene.name()).doesNotContain("undefined", "[object", "NaN");
            assertInOrder(scene.name() + name, language);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    /** What a screen reader goes by. */
    private static void assertInOrder(String scene, String language) {
        assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
                .as(scene + " is too wide")
                .isEqualTo(0L);
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo(language);
        assertThat(browser.script("return document.title")).asString().endsWith("TLS Ward");
        assertThat(browser.all("h1, main, header, nav, footer")).as(scene).hasSize(5);
        assertThat(
                        browser.script(
                                """
                        const bad = [];
                        for (const field of document.querySelectorAll('input, textarea, select')) {
                          if (!field.labels?.length && !field.getAttribute('aria-label')) bad.push('no label: ' + field.name);
                        }
                        for (const table of document.querySelectorAll('table')) {
                          if (!table.caption?.textContent || !table.querySelector('th[scope=col]') || !table.querySelector('th[scope=row]'))
                            bad.push('table: ' + table.innerText);
                        }
                        for (const part of document.querySelectorAll('button, a')) {
                          if (!(part.getAttribute('aria-label') || part.textContent.trim())) bad.push('no name: ' + part.className);
                        }
                        for (const part of document.querySelectorAll('[id]')) {
                          if (document.querySelectorAll('#' + part.id).length > 1) bad.push('twice: ' + part.id);
                        }
                        for (const part of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]')) {
                          for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
                            const id = part.getAttribute(name);
                            if (id && !document.getElementById(id)) bad.push('nowhere: ' + id);
                          }
                        }
                        let level = 0;
                        for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
                          const now = Number(heading.tagName[1]);
                          if (now > level + 1) bad.push('left out a level: ' + heading.innerText);
                          level = now;
                        }
                        return bad"""))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .as(scene)
                .isEmpty();
    }

    @Test
    void whatStrangersWroteShouldBeTextEverywhere() {
        api.answers.replaceAll((path, answer) -> hostile(answer));
        tab.enter("en", "anna.secret");
        for (Scene scene : scenes()) {
            tab.play(scene);
            assertThat(browser.text("main"))
                    .as(scene.name())
                    .contains("<script>window.harmed=1</script>", "⟨U+202E⟩gnp.exe");
            assertThat(browser.text("main")).doesNotContain("\u202e", "\u0007", "\u200b");
            assertThat(browser.script("return document.querySelectorAll('main img, main script, main iframe,"
                            + " main [onerror], main [onload]').length + document.scripts.length"))
                    .as(scene.name())
                    .isEqualTo(1L);
            tab.picture(PICTURES, "hostile-" + scene.name());
        }
        assertThat(browser.script("return String(window.harmed)")).isEqualTo("undefined");
        assertThat(browser.complaints()).isEmpty();
    }

    /** Every text, whatever it should be. */
    private static JsonNode hostile(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.textValue() + HOSTILE);
        }
        if (node instanceof ArrayNode list) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            list.forEach(each -> all.add(hostile(each)));
            return all;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(each -> all.set(each.getKey(), hostile(each.getValue())));
            return all;
        }
        return node;
    }

    @Test
    void routesThatAreMissingShouldBeSaidAndBreakNothing() {
        api.answers.clear();
        tab.enter("en", "anna.secret");
        for (Scene scene : scenes()) {
            tab.play(scene);
            assertThat(browser.text("main")).as(scene.name()).contains("This server does not have that.");
        }
        assertThat(browser.complaints()).allMatch(each -> each.contains("404"));
    }

    @Test
    void emptyAnswersShouldBeCalm() {
        api.answers.replaceAll((path, answer) -> JsonNodeFactory.instance.objectNode());
        api.answers.put("GET /health", JsonNodeFactory.instance.objectNode().put("status", "healthy"));
        api.answers.put("GET /resolver", JsonNodeFactory.instance.objectNode().put("state", "ok"));
        tab.enter("en", "anna.secret");

        assertThat(browser.text("main")).contains("No problem is known.", "Nothing waits.");
        for (Scene scene : scenes()) {
            tab.play(scene);
            tab.picture(PICTURES, "empty-" + scene.name());
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsNotKnownShouldNotBeCalledWell() {
        api.answers.replaceAll((path, answer) -> JsonNodeFactory.instance.objectNode());
        api.answers.put("GET /resolver", JsonNodeFactory.instance.objectNode().put("state", "ok"));
        tab.enter("en", "anna.secret");
        assertThat(browser.text("main")).contains("does not say how it is").doesNotContain("No problem is known.");

        api.answers.put("GET /health", JsonNodeFactory.instance.objectNode().put("status", "healthy"));
        api.answers.put(
                "GET /emergency",
                JsonNodeFactory.instance.objectNode().put("statusCode", 503).put("message", "the disk is full"));
        tab.go("#/overview");
        assertThat(browser.text("main")).contains("the disk is full").doesNotContain("No problem is known.");
        browser.complaints();
    }

    @Test
    void wrongTokenShouldBeRefusedAndForgotten() {
        tab.open("en");
        browser.type("token", "eve.wrong\u00e4");
        browser.press(Keys.ENTER);

        browser.awaitText("main", "That token is not valid");
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
        assertThat(browser.script("return document.activeElement.name")).isEqualTo("token");
    }

    @Test
    void tokenThatEndsShouldLeadToTheDoor() {
        tab.enter("en", "anna.secret");
        browser.script("sessionStorage.setItem('tlsward.token', 'anna.revoked')");
        browser.script("location.hash = '#/waiting'");

        browser.await("document.querySelector('[name=token]')");
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
        assertThat(browser.text("main")).doesNotContain("partner.example");
    }

    @Test
    void signingOutShouldLeaveNothing() {
        tab.enter("de", "anna.secret");
        browser.named("Abmelden").click();

        browser.await("document.querySelector('[name=token]')");
        assertThat(browser.script("return sessionStorage.length")).isEqualTo(0L);
        assertThat(browser.text("body")).doesNotContain("partner.example", "anna");
    }

    @Test
    void languageShouldBeThatOfTheBrowserUntilAnotherIsChosen() {
        try (HeadlessBrowser german = new HeadlessBrowser("--accept-lang=de-AT")) {
            german.open("http://127.0.0.1:" + server.getPort().getValue() + "/tlsward");
            german.awaitText("h1", "Wer ist da?");
            assertThat(german.script("return document.documentElement.lang")).isEqualTo("de");
            german.script("const choice = document.querySelector('#language'); choice.value = 'en';"
                    + " choice.dispatchEvent(new Event('change'))");
            german.awaitText("h1", "Who is there?");
            german.open("http://127.0.0.1:" + server.getPort().getValue() + "/tlsward");
            german.awaitText("h1", "Who is there?");
        }
    }

    @Test
    void overrideShouldNeedAReasonAndWaitForASecondPerson() {
        tab.enter("en", "anna.secret");
        tab.go("#/quarantine/kept-1");
        browser.named("Override …").click();
        browser.await("document.querySelector('dialog[open] textarea') ");
        browser.named("Override").click();
        assertThat(api.orders).isEmpty();
        browser.picture(PICTURES.resolve("dialog-override.png"));
        browser.type("why", "surgery at seven");
        browser.named("Override").click();

        browser.awaitText("#status", "A second person has to agree now.");
        assertThat(api.orders)
                .containsExactly(
                        "anna /quarantine/kept-1/override {\"why\":\"surgery at seven\",\"level\":\"encrypt\"}");
        assertThat(browser.all("dialog")).isEmpty();
    }

    @Test
    void onlyAnotherPersonShouldBeAskedToAgree() {
        tab.enter("en", "anna.secret");
        tab.go("#/quarantine/kept-2");
        assertThat(browser.text("main")).contains("somebody else has to agree").doesNotContain("Agree and send");

        tab.enter("en", "bert.secret");
        tab.go("#/quarantine/kept-2");
        browser.named("Agree and send").click();
        browser.await("document.querySelector('dialog[open]')");
        browser.named("Agree and send").click();
        browser.awaitText("#status", "Released without the requirement.");
        assertThat(api.orders).containsExactly("bert /quarantine/kept-2/confirm {\"at\":\"2026-11-22T02:40:00Z\"}");
    }

    @Test
    void refusalShouldBeReadWhereTheQuestionWas() {
        api.answers.put(
                "POST /quarantine/kept-1/release",
                JsonNodeFactory.instance.objectNode().put("statusCode", 503).put("message", "the disk is full"));
        tab.enter("en", "anna.secret");
        tab.go("#/quarantine/kept-1");
        browser.named("Release").click();
        browser.await("document.querySelector('dialog[open]')");
        browser.named("Release").click();

        browser.awaitText("dialog", "the disk is full");
        browser.press(Keys.ESCAPE);
        browser.await("!document.querySelector('dialog')");
        assertThat(browser.script("return document.activeElement.innerText")).isEqualTo("Release");
        assertThat(browser.script("return location.hash")).isEqualTo("#/quarantine/kept-1");
    }

    @Test
    void eachActShouldBeOrderedOnce() {
        tab.enter("en", "anna.secret");
        act("#/quarantine/kept-3", "Give back", "Given back.");
        act("#/quarantine/kept-2", "Take it back", "Keep the mail withheld", "The mail stays withheld.");
        act("#/waiting", "Try all now", "Try now", "Due now: 2.");
        act("#/waiting", "Hold", "is on hold.");
        act("#/waiting", "Resume", "goes on.");
        act("#/overview", "Lift the stop", "The stop is lifted.");
        tab.go("#/quarantine");
        browser.script("document.querySelectorAll('[name=destination]')[1].value = 'partner.example'");
        browser.named("Release all").click();
        browser.await("document.querySelector('dialog[open]')");
        browser.named("Release all").click();
        browser.awaitText("#status", "Released: 2.");
        tab.go("#/overview");
        browser.named("Stop mail …").click();
        browser.type("name", "partner.example");
        browser.type("why", "broken into");
        browser.picture(PICTURES.resolve("dialog-stop.png"));
        browser.named("Stop mail …").click();
        browser.awaitText("#status", "Stopped.");

        assertThat(api.orders)
                .containsExactly(
                        "anna /quarantine/kept-3/bounce {}",
                        "anna /quarantine/kept-2/withdraw {}",
                        "anna /queue/retry {}",
                        "anna /queue/partner.example/hold {}",
                        "anna /queue/krankenkasse.example/resume {}",
                        "anna /emergency/resume {\"what\":\"destination\",\"name\":\"labor.example\"}",
                        "anna /quarantine/release {\"destination\":\"partner.example\"}",
                        "anna /emergency/stop {\"what\":\"destination\",\"name\":\"partner.example\",\"why\":\"broken into\"}");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void act(String hash, String button, String done) {
        act(hash, button, button, done);
    }

    private static void act(String hash, String button, String agree, String done) {
        tab.go(hash);
        browser.named(button).click();
        browser.await("document.querySelector('dialog[open]')");
        assertThat(api.orders).noneMatch(order -> order.contains(hash.substring(1) + "/" + button));
        browser.named(agree).click();
        browser.awaitText("#status", done);
        browser.awaitCalm();
    }

    @Test
    void keyboardShouldBeEnough() {
        tab.open("en");
        browser.press("anna.secret", Keys.ENTER);
        browser.await("document.querySelector('#visitor')");
        browser.awaitCalm();
        browser.tabTo("Quarantine");
        browser.press(Keys.ENTER);
        browser.await("location.hash === '#/quarantine'");
        browser.awaitCalm();
        assertThat(browser.script("return document.activeElement.innerText")).isEqualTo("Quarantine");
        browser.tabTo("Befund Kardiologie");
        browser.press(Keys.ENTER);
        browser.awaitText("main", "Why it is withheld");
        browser.tabTo("Release");
        browser.press(Keys.ENTER);
        browser.await("document.querySelector('dialog[open]')");
        browser.tabTo("Release");
        browser.press(Keys.ENTER);

        browser.awaitText("#status", "Released.");
        assertThat(api.orders).containsExactly("anna /quarantine/kept-1/release {}");
        assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
    }

    @Test
    void skipLinkShouldLeadPastTheMenu() {
        tab.enter("en", "anna.secret");
        browser.script("document.querySelector('.skip').focus()");
        browser.press(Keys.ENTER);

        assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
        assertThat(browser.script("return location.hash")).isNotEqualTo("#main");
    }

    @Test
    void menuShouldOpenOnNarrowScreens() {
        browser.look("light", 360);
        tab.enter("en", "anna.secret");
        assertThat(browser.all("#menu").get(0).isDisplayed()).isFalse();
        browser.named("Menu").click();
        assertThat(browser.all("#menu").get(0).isDisplayed()).isTrue();
        browser.picture(PICTURES.resolve("menu-narrow.png"));
        browser.named("Domain check").click();
        browser.await("location.hash === '#/check'");
        assertThat(browser.all("#menu").get(0).isDisplayed()).isFalse();
    }

    @Test
    void copyShouldTakeTheRecordAsItStands() {
        tab.enter("en", "anna.secret");
        browser.script("window.copied = []; Object.defineProperty(navigator, 'clipboard', {value: {writeText:"
                + " async (text) => { window.copied.push(text); }}})");
        tab.play(OperatorsTab.SCENES.get(3));
        browser.named("Copy").click();

        browser.awaitText("main", "Copied.");
        assertThat(browser.script("return window.copied[0]"))
                .asString()
                .startsWith("_25._tcp.mx1.partner.example. 3600 IN TLSA 3 1 1 8d02");
    }

    @Test
    void everyPartOfTheChartShouldBeInItsTable() {
        tab.enter("en", "anna.secret");
        Set<Object> heights = Set.copyOf((List<?>) browser.script("return [...document.querySelectorAll('.chart')]"
                + ".map((chart) => chart.querySelectorAll('rect').length)"));

        assertThat(heights).allMatch(count -> (Long) count > 100);
        assertThat(browser.all(".figure table tbody tr")).hasSize(60);
        assertThat(browser.all(".chart").get(0).getDomAttribute("aria-labelledby"))
                .isNotEmpty();
    }

    @Test
    void paperShouldHaveTheContentAndNoButtons() {
        tab.enter("en", "anna.secret");
        tab.play(new Scene("evidence", "#/evidence", java.util.Map.of("recipient", "x"), "evidence"));
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", java.util.Map.of("media", "print"));

        assertThat(browser.all("button, nav, form")).noneMatch(each -> each.isDisplayed());
        assertThat(browser.text("main")).contains("Delivered to mx.partner.example");
        tab.picture(PICTURES, "print-evidence");
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", java.util.Map.of("media", ""));
    }
}
