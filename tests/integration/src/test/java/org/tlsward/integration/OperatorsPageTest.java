/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WindowType;
import org.tlsward.integration.RunningJames.Program;
import org.tlsward.testing.FakeDnsServer;
import org.tlsward.token.TokenFile;
import org.tlsward.webadmin.browser.HeadlessBrowser;
import org.tlsward.webadmin.browser.OperatorsTab;
import org.tlsward.webadmin.browser.OperatorsTab.Scene;

/** The operator's page in Chromium, on a stock James with mail in quarantine. Pictures of it are in target/screenshots. */
class OperatorsPageTest {
    private static final Path PICTURES = Project.target("screenshots");
    private static final String HOSTILE = "\"'><script>window.harmed=1</script><img src=x onerror=window.harmed=2>"
            + "<svg onload=window.harmed=3></svg>\u202egnp.exe";

    private static RemoteServer partner;
    private static RemoteServer mended;
    private static FakeDnsServer dns;
    private static RunningJames james;
    private static HeadlessBrowser browser;
    private static OperatorsTab tab;
    private static String anna;
    private static String bert;

    @BeforeAll
    static void start() throws Exception {
        partner = new RemoteServer(Optional.empty());
        mended = new RemoteServer(Optional.empty());
        dns = new FakeZone(List.of()).serve();
        WorkingDirectory directory = WorkingDirectory.create("page", "page")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(partner.port()))
                .replace("tlsward.xml", "MENDED_PORT", Integer.toString(mended.port()))
                .replace(
                        "tlsward.xml",
                        "DNS_PORT",
                        Integer.toString(dns.address().getPort()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>");
        TokenFile tokens = new TokenFile(directory.conf(TokenFile.NAME), Clock.systemUTC());
        anna = tokens.add("anna");
        bert = tokens.add("bert");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
        // A name of a stranger that points at us: what DNS rebinding comes to.
        browser = new HeadlessBrowser("--host-resolver-rules=MAP rebound.example 127.0.0.1");
        tab = new OperatorsTab(browser, page("127.0.0.1"));
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        james.close();
        partner.close();
        mended.close();
        dns.close();
    }

    @BeforeEach
    void reset() {
        browser.look("light", 1280);
        browser.complaints();
    }

    private static String page(String host) {
        return "http://" + host + ":" + james.directory().port(Port.WEBADMIN) + "/tlsward";
    }

    /** Submits a mail that is withheld, and waits until it is kept. */
    private static void withhold(String subject, String recipient) throws Exception {
        withhold(List.of("Subject: " + subject), "client.example", recipient);
    }

    private static void withhold(List<String> headers, String ehlo, String recipient) throws Exception {
        try (Clinician clinician = new Clinician(james, ehlo)) {
            clinician.submit(headers, "body-marker", List.of(recipient));
        }
        await(() -> new WithheldMail(james).recipients().contains(recipient));
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }

    /** Goes to the mail of that subject by the list. */
    private static void openMail(String subject) {
        tab.go("#/quarantine");
        browser.named(subject).click();
        browser.awaitText("main", "Why it is withheld");
        browser.awaitCalm();
    }

    @Test
    void withheldMailShouldSayWhyAndGoOutWhenThePartnerHasTls() throws Exception {
        withhold("release-me", "arzt@mended.example");
        tab.enter("en", anna);
        assertThat(browser.text("#visitor")).isEqualTo("anna");
        openMail("release-me");
        assertThat(browser.text("main"))
                .contains("tls-not-offered", "arzt@mended.example", "What the sender is told", "STARTTLS")
                .doesNotContain("body-marker");
        browser.named("Release").click();
        browser.await("document.querySelector('dialog[open]')");
        mended.offerTls(TestCertificates.selfSigned("mx.mended.example"));
        browser.named("Release").click();
        browser.awaitText("#status", "Released.");

        await(() -> mended.recipients().contains("arzt@mended.example"));
        assertThat(mended.cleartext()).doesNotContain("arzt@mended.example", "body-marker");
        tab.go("#/quarantine");
        assertThat(browser.text("main")).doesNotContain("release-me");
        assertNoHarm();
    }

    /** What a policy would have refused, or a script that failed. */
    private static void assertNoHarm() {
        assertThat(browser.complaints())
                .noneMatch(each -> each.contains("Security Policy")
                        || each.contains("Trusted")
                        || each.contains("Uncaught")
                        || each.contains("violates"));
    }

    @Test
    void overrideShouldWantTwoPersons() throws Exception {
        withhold("four-eyes", "arzt2@partner.example");
        tab.enter("en", anna);
        openMail("four-eyes");
        browser.named("Override …").click();
        browser.type("why", "surgery at seven");
        browser.script("document.querySelector('dialog select').value = 'may'");
        browser.named("Override").click();
        browser.awaitText("#status", "A second person has to agree now.");
        assertThat(browser.text("main")).contains("somebody else has to agree").doesNotContain("Agree and send");
        assertThat(partner.cleartext()).doesNotContain("arzt2@partner.example");

        tab.enter("en", bert);
        openMail("four-eyes");
        assertThat(browser.text("main")).contains("surgery at seven", "anna");
        browser.named("Agree and send").click();
        browser.await("document.querySelector('dialog[open]')");
        browser.named("Agree and send").click();
        browser.awaitText("#status", "Released without the requirement.");
        await(() -> partner.recipients().contains("arzt2@partner.example"));
        assertNoHarm();
    }

    @Test
    void hostileMailShouldBeTextAndNothingElse() throws Exception {
        withhold(
                List.of(
                        "Subject: hostile " + HOSTILE,
                        "To: " + HOSTILE,
                        "Cc: =?UTF-8?B?PHNjcmlwdD53aW5kb3cuaGFybWVkPTE8L3NjcmlwdD4=?=",
                        "Message-ID: <" + HOSTILE + "@evil.example>",
                        "Date: " + HOSTILE,
                        "Reply-To: " + HOSTILE,
                        "X-Mailer: \u001b[31m" + HOSTILE,
                        "X-<script>window.harmed=4</script>: " + HOSTILE),
                "<script>window.harmed=5</script>",
                "arzt-x@partner.example");
        tab.enter("en", anna);
        browser.script("addEventListener('securitypolicyviolation', () => { window.harmed = 6; })");
        tab.go("#/overview");
        tab.go("#/quarantine");
        assertThat(browser.text("main"))
                .contains("<script>window.harmed=1</script>")
                .doesNotContain("\u202e");
        browser.script(
                "[...document.querySelectorAll('main table a')].find((link) => link.innerText.includes('hostile')).click()");
        browser.awaitText("main", "What the sender is told");
        browser.awaitCalm();
        assertThat(browser.text("main"))
                .contains("<script>window.harmed=1</script>", "<svg onload=window.harmed=3>", "X-<script>")
                .contains("<script>window.harmed=5</script>")
                .doesNotContain("\u202e", "\u001b");
        browser.picture(PICTURES.resolve("hostile.png"));
        tab.play(new Scene("evidence", "#/evidence", Map.of("recipient", "arzt-x@partner.example"), "evidence"));
        tab.play(new Scene(
                "headers", "#/headers", Map.of("headers", "Received: from " + HOSTILE.substring(0, 90)), "x"));

        assertThat(browser.script("return String(window.harmed)")).isEqualTo("undefined");
        assertThat(browser.script("return document.scripts.length")).isEqualTo(1L);
        assertThat(browser.script("return document.querySelectorAll('main img, main script, main iframe').length"))
                .isEqualTo(0L);
        assertNoHarm();
    }

    @Test
    void domainCheckShouldHaveARowForEachStep() {
        tab.enter("en", anna);
        tab.play(new Scene("check", "#/check", Map.of("domain", "partner.example"), "check"));

        assertThat(browser.all("main .result table tbody tr")).hasSizeGreaterThan(2);
        assertThat(browser.text("main .result")).containsAnyOf("Fails", "Warning", "OK");
        assertThat(browser.all("main .result .mark"))
                .allMatch(each -> !each.getText().isBlank());
    }

    @Test
    void keyboardShouldBeEnoughToGiveAMailBack() throws Exception {
        withhold("keyboard", "arzt3@partner.example");
        tab.open("en");
        browser.press(anna, Keys.ENTER);
        browser.await("document.querySelector('#visitor')");
        browser.awaitCalm();
        browser.tabTo("Quarantine");
        browser.press(Keys.ENTER);
        browser.await("location.hash === '#/quarantine'");
        browser.awaitCalm();
        browser.tabTo("keyboard");
        browser.press(Keys.ENTER);
        browser.awaitText("main", "Why it is withheld");
        browser.tabTo("Give back");
        browser.press(Keys.ENTER);
        browser.await("document.querySelector('dialog[open]')");
        browser.tabTo("Give back");
        browser.press(Keys.ENTER);

        browser.awaitText("#status", "Given back.");
        assertThat(new WithheldMail(james).recipients()).doesNotContain("arzt3@partner.example");
    }

    /** With the token in a tab of the operator, in the same browser, and even with the token in its hands. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "rebound.example"})
    void pageOfAnotherSiteShouldNeitherReadNorRelease(String host) throws Exception {
        String recipient = "arzt-" + host.replace('.', '-') + "@partner.example";
        withhold("other-site", recipient);
        tab.enter("en", anna);
        openMail("other-site");
        String path =
                String.valueOf(browser.script("return location.hash")).replace("#/", "/tlsward/api/") + "/release";
        String operator = browser.driver().getWindowHandle();
        try (OtherSite site = new OtherSite()) {
            WebDriver other = browser.driver().switchTo().newWindow(WindowType.TAB);
            other.get(site.at(host));
            assertThat(attack(site.at(host).replaceFirst("/$", ""), path))
                    .as("what it may read it does read: its own")
                    .isNotEmpty();
            for (String target : List.of("127.0.0.1", "localhost", "rebound.example")) {
                String root = page(target).replace("/tlsward", "");
                assertThat(attack(root, path)).as(host + " at " + target).isEmpty();
            }
            // The stranger's own name, which points at us.
            other.get(page("rebound.example"));
            assertThat(browser.text("body")).contains("unknown Host").doesNotContain("TLS Ward");
            assertThat(browser.script("return Object.keys(sessionStorage).length"))
                    .isEqualTo(0L);
            // A document of that name that no policy of ours binds, as if the stranger had served it before the name
            // moved.
            other.get(page("rebound.example").replace("/tlsward", "/healthcheck"));
            assertThat(attack(page("rebound.example").replace("/tlsward", ""), path))
                    .isEmpty();
        } finally {
            closeOthers(operator);
        }
        assertThat(new WithheldMail(james).recipients()).contains(recipient);
        assertThat(partner.recipients()).doesNotContain(recipient);
        assertThat(browser.text("#visitor")).isEqualTo("anna");
    }

    private static void closeOthers(String operator) {
        for (String window : browser.driver().getWindowHandles()) {
            if (!window.equals(operator)) {
                browser.driver().switchTo().window(window).close();
            }
        }
        browser.driver().switchTo().window(operator);
        browser.complaints();
    }

    /** Everything that a page can try; what it got to see or to do. */
    private static List<?> attack(String root, String release) {
        return (List<?>) browser.driver()
                .executeAsyncScript(
                        """
                const [root, release, token, done] = arguments;
                const got = [];
                // What the browser refuses may come to no end at all.
                const atMost = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 1500))]);
                const attempt = async (name, url, options) => {
                  try {
                    const answer = await atMost(fetch(url, options));
                    if (answer && answer.type !== 'opaque' && answer.ok) got.push(name + ': ' + (await answer.text()).slice(0, 200));
                  } catch { /* refused */ }
                };
                const frame = (name, url) => atMost(new Promise((resolve) => {
                  const node = document.createElement('iframe');
                  node.name = name;
                  node.onload = () => {
                    try {
                      const text = node.contentDocument?.body?.innerText ?? '';
                      if (text.includes('TLS Ward') || text.includes('released') || text.includes('"mails"')) got.push(name + ': ' + text);
                    } catch { /* another origin */ }
                    resolve();
                  };
                  if (url) node.src = url;
                  document.body.append(node);
                }));
                (async () => {
                  for (const mode of ['cors', 'no-cors', 'same-origin']) {
                    const shared = { mode, credentials: 'include' };
                    await attempt(mode + ' shell', root + '/tlsward', shared);
                    await attempt(mode + ' read', root + '/tlsward/api/quarantine', shared);
                    await attempt(mode + ' read with token', root + '/tlsward/api/quarantine', { ...shared, headers: { 'X-TlsWard-Token': token } });
                    await attempt(mode + ' release', root + release, { ...shared, method: 'POST', body: '{}' });
                    await attempt(mode + ' release with token', root + release,
                      { ...shared, method: 'POST', body: '{}', headers: { 'X-TlsWard-Token': token, 'Content-Type': 'application/json' } });
                  }
                  await frame('page', root + '/tlsward');
                  await frame('data', root + '/tlsward/api/quarantine');
                  const form = document.createElement('form');
                  form.method = 'POST';
                  form.action = root + release;
                  form.target = 'posted';
                  const field = document.createElement('input');
                  field.name = 'X-TlsWard-Token';
                  field.value = token;
                  form.append(field);
                  document.body.append(form);
                  await frame('posted');
                  const answered = new Promise((resolve) => { document.querySelector('[name=posted]').onload = resolve; });
                  form.submit();
                  await atMost(answered);
                  const opened = window.open(root + '/tlsward', 'page-of-' + root.length);
                  await new Promise((resolve) => setTimeout(resolve, 300));
                  try { if (opened?.document?.body?.innerText?.includes('TLS Ward')) got.push('window'); } catch { /* another origin */ }
                  try { if (opened?.sessionStorage?.length > 0) got.push('storage'); } catch { /* another origin */ }
                  const script = document.createElement('script');
                  script.src = root + '/tlsward/api/quarantine';
                  await atMost(new Promise((resolve) => { script.onload = script.onerror = resolve; document.body.append(script); }));
                })().catch((defect) => got.push('defect: ' + defect)).finally(() => done(got));
                """,
                        root,
                        release,
                        anna);
    }

    @ParameterizedTest
    @CsvSource({"en,light,1920", "de,dark,1920", "de,light,360", "en,dark,360"})
    void everyViewShouldWorkOnARealServer(String language, String scheme, int width) throws Exception {
        if (!new WithheldMail(james).recipients().contains("arzt-picture@partner.example")) {
            withhold("Befund Kardiologie", "arzt-picture@partner.example");
        }
        String name = "-" + language + "-" + scheme + "-" + width;
        browser.look(scheme, width);
        tab.enter(language, anna);
        for (Scene scene : OperatorsTab.SCENES) {
            tab.play(scene);
            tab.picture(PICTURES, scene.name() + name);
            assertThat(browser.text("main"))
                    .as(scene.name())
                    .doesNotContain("undefined", "[object", "does not have that", "Das hat dieser Server nicht");
            assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
                    .as(scene.name() + " is too wide")
                    .isEqualTo(0L);
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
