/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.documentation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tlsward.site.Page;

/** The proof of the proofs: each of these blocks has one mistake, and the message names the line and the word. */
class BadBlocksTest {
    private record Bad(String markdown, int line, String said) {}

    private static final List<Bad> BAD = List.of(
            // fences
            new Bad("```\nmake run\n```", 2, "unknown language \"\""),
            new Bad("    make run\n", 1, "unknown language \"\""),
            new Bad("```bash\nmake run\n```", 2, "unknown language \"bash\""),
            new Bad("- item\n\n  ```sh\n  make nonsense\n  ```", 4, "\"nonsense\""),
            // the shell
            new Bad("```sh\necho 'open\n```", 2, "cannot read this block"),
            new Bad("```sh\nrattle --all\n```", 2, "unknown program \"rattle\""),
            new Bad("```sh\nmake run\nexport X=1; rattle\n```", 3, "unknown program \"rattle\""),
            new Bad("```sh\necho $(rattle)\n```", 2, "unknown program \"rattle\""),
            new Bad("```sh\ntrue &&\\\n  rattle\n```", 3, "unknown program \"rattle\""),
            new Bad("```sh\ntlsward check ...\n```", 2, "\"...\""),
            new Bad("```sh\necho $TOKEN\n```", 2, "unknown variable \"TOKEN\""),
            new Bad("```sh\ncp nowhere.xml conf/\n```", 2, "unknown file \"nowhere.xml\""),
            new Bad("```sh\ntrue < nowhere.xml\n```", 2, "unknown file \"nowhere.xml\""),
            new Bad("```sh\n# first\necho a@klinik.de\n```", 3, "\"klinik.de\""),
            new Bad("```sh\necho 8.8.8.8\n```", 2, "\"8.8.8.8\""),
            // programs
            new Bad("```sh\ntlsward check partner.example --nonsense\n```", 2, "--nonsense"),
            new Bad("```sh\ntlsward nonsense\n```", 2, "nonsense"),
            new Bad("```sh\ntlsward config\n```", 2, "incomplete command"),
            new Bad("```sh\ntlsward check partner.example --port many\n```", 2, "--port"),
            new Bad("```sh\nmake nonsense\n```", 2, "unknown target of make \"nonsense\""),
            new Bad("```sh\nmake run NONSENSE=1\n```", 2, "unknown variable of make \"NONSENSE\""),
            new Bad("```sh\nmvn -pl nonsense package\n```", 2, "unknown module \"nonsense\""),
            new Bad("```sh\nmvn -Pnonsense package\n```", 2, "unknown profile \"nonsense\""),
            new Bad("```sh\njava -XX:+Nonsense -jar tlsward.jar\n```", 2, "Nonsense"),
            new Bad("```sh\njava -jar nonsense.jar\n```", 2, "unknown file \"nonsense.jar\""),
            new Bad("```sh\njava -jar tlsward.jar nonsense\n```", 2, "nonsense"),
            new Bad("```sh\njava -cp x org.tlsward.Nonsense\n```", 2, "unknown class \"org.tlsward.Nonsense\""),
            new Bad(
                    "```sh\ncurl http://127.0.0.1:8000/tlsward/api/nonsense\n```",
                    2,
                    "unknown route \"GET /tlsward/api/nonsense\""),
            new Bad("```sh\ncurl http://127.0.0.1:8000/nonsense\n```", 2, "unknown route \"GET /nonsense\""),
            new Bad("```sh\ncurl -X PUT http://127.0.0.1:8000/tlsward/api/check\n```", 2, "unknown route \"PUT"),
            new Bad("```sh\ncurl http://127.0.0.1:8000/tlsward/api/health\n```", 2, "no token"),
            new Bad(
                    "```sh\ncurl -H 'X-TlsWard-Token: T' -d '{' http://127.0.0.1:8000/tlsward/api/check\n```",
                    2,
                    "broken JSON"),
            new Bad("```sh\ncurl --nonsense http://127.0.0.1:8000/healthcheck\n```", 2, "unknown option of curl"),
            new Bad("```sh\nswaks --server 127.0.0.1 --nonsense\n```", 2, "Unknown option: nonsense"),
            new Bad("```sh\nopenssl nonsense\n```", 2, "unknown command of openssl \"nonsense\""),
            new Bad("```sh\nopenssl s_client -nonsense\n```", 2, "unknown option of openssl s_client \"-nonsense\""),
            new Bad("```sh\ndocker nonsense\n```", 2, "unknown word of docker \"nonsense\""),
            new Bad("```sh\ndocker compose -f nowhere.yml up\n```", 2, "unknown file \"nowhere.yml\""),
            new Bad("```sh\ndocker compose logs nobody\n```", 2, "unknown word of docker \"nobody\""),
            new Bad("```sh\ndocker exec NAME tlsward nonsense\n```", 2, "nonsense"),
            // tlsward.xml
            new Bad("```xml\n<tlsward>\n```", 3, "broken XML"),
            new Bad("```xml\n<dns mode=\"nonsense\"/>\n```", 2, "unsupported value \"nonsense\""),
            new Bad("```xml\n<dns nonsense=\"x\"/>\n```", 2, "unknown attribute"),
            new Bad("```xml\n<inbound minimum=\"TLSv1\"/>\n```", 2, "unsupported value \"TLSv1\""),
            new Bad(
                    "```xml\n<destination match=\"a.example\" level=\"nonsense\"/>\n```",
                    2,
                    "unsupported value \"nonsense\""),
            new Bad("```xml\n<tlsward><classes default=\"nobody\"/></tlsward>\n```", 2, "nobody"),
            new Bad("```sh\ncat > conf/tlsward.xml <<'EOF'\n<tlsward/>\nEOF\n```", 3, "tlsward.xml"),
            // James
            new Bad("```xml\n<nonsenses/>\n```", 2, "unknown element or attribute \"nonsenses\""),
            new Bad("```xml\n<mailet match=\"All\" class=\"Nonsense\"/>\n```", 2, "unknown mailet \"Nonsense\""),
            new Bad("```xml\n<mailet match=\"Nonsense\" class=\"Null\"/>\n```", 2, "unknown matcher \"Nonsense\""),
            new Bad(
                    "```xml\n<mailet match=\"All\" class=\"ToProcessor\"><nonsenses>x</nonsenses></mailet>\n```",
                    2,
                    "unknown parameter \"nonsenses\""),
            new Bad(
                    "```xml\n<mailet match=\"All\" class=\"org.tlsward.mailets.RequireTls\">\n  <nonsense>x</nonsense>\n</mailet>\n```",
                    2,
                    "\"nonsense\""),
            new Bad(
                    "```xml\n<mailet match=\"All\" class=\"org.tlsward.mailets.TlsRemoteDelivery\">\n  <outgoing>x</outgoing>\n</mailet>\n```",
                    2,
                    "withheldProcessor is missing"),
            new Bad(
                    "```xml\n<mailet match=\"org.tlsward.matchers.RecipientClassIs=nobody\" class=\"Null\"/>\n```",
                    2,
                    "unknown class \"nobody\""),
            new Bad(
                    "```xml\n<mailet match=\"org.tlsward.matchers.WithheldBecause=nonsense\" class=\"Null\"/>\n```",
                    2,
                    "unsupported reason \"nonsense\""),
            new Bad(
                    "```xml\n<handlerchain coreHandlersPackage=\"org.tlsward.Nonsense\"/>\n```",
                    2,
                    "unknown class \"org.tlsward.Nonsense\""),
            new Bad(
                    "```xml\n<handler class=\"org.tlsward.hooks.Nonsense\"/>\n```",
                    2,
                    "unknown class \"org.tlsward.hooks.Nonsense\""),
            new Bad("```properties\nno.such.key=1\n```", 2, "unknown key \"no.such.key\""),
            new Bad("```properties\n# nothing\n```", 2, "without a key"),
            new Bad("```properties\nguice.extension.module=org.tlsward.james.Nonsense\n```", 2, "unknown class"),
            // others
            new Bad("```yaml\na: [\n```", 2, "broken YAML"),
            new Bad("```yaml\nservices:\n  tlsward:\n```", 2, "empty service \"tlsward\""),
            new Bad("```json\n{\"a\": 1\n```", 2, "broken JSON"),
            new Bad("```nginx\nserver {\n  listen 443 ssl;\n```", 2, "not closed"),
            new Bad("```nginx\nnonsense 1;\n```", 2, "unknown word of nginx \"nonsense\""),
            new Bad("```text\nresult\ntlsward suggest --days 30\n```", 3, "command in a block of text"),
            new Bad("```text\n$ ls\n```", 2, "command in a block of text"),
            new Bad("```text\n<dns mode=\"validate\"/>\n```", 2, "configuration in a block of"));

    private static final List<String> BAD_SENTENCES = List.of(
            "`tlsward nonsense`",
            "`tlsward check --nonsense`",
            "`tlsward config nonsense`",
            "`make nonsense`",
            "`make run NONSENSE=1`");

    @TestFactory
    Stream<DynamicTest> badBlocksShouldBeRefused() {
        return BAD.stream()
                .map(bad -> DynamicTest.dynamicTest(
                        bad.said() + ": " + bad.markdown().replace("\n", " "), () -> {
                            Page page = Page.of("page.md", bad.markdown());
                            assertThatThrownBy(() -> proveAll(page))
                                    .isInstanceOf(Mistake.class)
                                    .hasMessageStartingWith("page.md:" + bad.line() + ": ")
                                    .hasMessageContaining(bad.said());
                        }));
    }

    @TestFactory
    Stream<DynamicTest> badCommandsInSentencesShouldBeRefused() {
        return BAD_SENTENCES.stream()
                .map(text -> DynamicTest.dynamicTest(text, () -> {
                    Page page = Page.of("page.md", "one\ntwo " + text + "\n");
                    assertThatThrownBy(() -> proveAll(page))
                            .isInstanceOf(Mistake.class)
                            .hasMessageStartingWith("page.md:2: ");
                }));
    }

    /** What looks like a mistake and is none. */
    @TestFactory
    Stream<DynamicTest> goodBlocksShouldPass() {
        return Stream.of(
                        "```sh\nA=1\necho \"$A\" '$B' # $C rattle\n```",
                        "```sh\nfor day in 1 2; do echo $day; done\n```",
                        "```sh\nmkdir own && touch own/new.txt\ncp own/new.txt conf/\n```",
                        "```sh\ncp YOUR-FILE.pem conf/\n```",
                        "```sh\n(umask 077; openssl rand -base64 32 > conf/quarantine.key)\ncp conf/quarantine.key conf/new.key\n```",
                        "```sh\nprintf '%s\\n' QUIT | openssl s_client -connect 127.0.0.1:2525 -starttls smtp -quiet 2>&1\n```",
                        "```sh\nTOKEN=$(tlsward token add anna --conf conf)\n"
                                + "curl -H \"X-TlsWard-Token: $TOKEN\" http://127.0.0.1:8000/tlsward/api/quarantine/ID\n```",
                        "```xml\n<?xml version=\"1.0\"?>\n<!-- a comment -->\n<tlsward><classes default=\"general\"><class name=\"general\"/></classes></tlsward>\n```",
                        "```xml\n<class name=\"lab\"><members><domain>lab.example</domain></members><outbound level=\"encrypt\"/></class>\n```\n\n"
                                + "```xml\n<mailet match=\"org.tlsward.matchers.RecipientClassIs=lab\" class=\"org.tlsward.mailets.RequireTls\"/>\n```",
                        "```xml\n<ldap group=\"cn=medical,dc=klinik,dc=example\"/>\n<inbound minimum=\"any\"/>\n```",
                        "```xml\n<destination match=\"a.example\" level=\"encrypt\"/>\n"
                                + "<exception match=\"b.example\" level=\"may\" reason=\"x\" until=\"2027-01-01\"/>\n```",
                        "```properties\nextensions.routes=org.tlsward.webadmin.TlsWardPage,org.tlsward.webadmin.TlsWardRoutes\n```",
                        "```text\ntlsward check        engine: DomainCheck\n```",
                        "see `tlsward COMMAND --help`, `tlsward emergency stop`, `make run`")
                .map(markdown -> DynamicTest.dynamicTest(
                        markdown.replace("\n", " "), () -> assertThatCode(() -> proveAll(Page.of("page.md", markdown)))
                                .doesNotThrowAnyException()));
    }

    private static void proveAll(Page page) {
        Context context = new Context();
        page.blocks().forEach(block -> Proofs.prove(block, context));
        page.inlines().stream().filter(Proofs::isCommand).forEach(code -> Proofs.prove(code, context));
    }
}
