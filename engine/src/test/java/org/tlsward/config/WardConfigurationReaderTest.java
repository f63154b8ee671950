/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.config.ConfigurationDirectory.medical;
import static org.tlsward.config.ConfigurationDirectory.tlsward;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.MemberSpec;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

class WardConfigurationReaderTest {
    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root);
    }

    @Test
    void classShouldHaveWhatItsElementSays() {
        ClassRule rule = directory
                .read(
                        """
                        <tlsward>
                          <classes default="general">
                            <class name="medical">
                              <inbound minimum="TLSv1.2" observe="TLSv1.3" exempt="127.0.0.0/8, 2001:db8::/32"/>
                              <outbound level="encrypt" observe="authenticated" minimum="TLSv1.2" warnAfter="15m" giveUpAfter="4h"/>
                              <alternative lang="de">Bitte rufen
                                Sie uns an</alternative>
                            </class>
                            <class name="general"/>
                          </classes>
                        </tlsward>
                        """)
                .rules()
                .get("medical");

        Requirement required =
                Requirement.builder().encrypted().minimum(TlsVersion.TLS_1_2).build();
        assertThat(rule)
                .isEqualTo(new ClassRule(
                        "medical",
                        new InboundRule(
                                InboundMinimum.TLS_1_2,
                                Optional.of(InboundMinimum.TLS_1_3),
                                List.of(IpNetwork.parse("127.0.0.0/8"), IpNetwork.parse("2001:db8::/32"))),
                        new OutboundRule(
                                TlsLevel.ENCRYPT,
                                required,
                                Optional.of(required.join(TlsLevel.AUTHENTICATED.requirement())),
                                Duration.ofMinutes(15),
                                Duration.ofHours(4)),
                        Map.of("de", "Bitte rufen Sie uns an")));
    }

    @Test
    void classWithoutRulesShouldDemandNothing() {
        WardConfiguration configuration = directory.read(tlsward(""));

        assertThat(configuration)
                .isEqualTo(new WardConfiguration(
                        Map.of(
                                "general",
                                new ClassRule("general", InboundRule.NOTHING, OutboundRule.NOTHING, Map.of())),
                        List.of(new ClassMembers("general", List.of())),
                        "general",
                        Optional.empty(),
                        "+"));
    }

    @Test
    void membersShouldKeepTheirOrder() {
        directory.with("list.txt", "a@klinik.example\n");

        WardConfiguration configuration = directory.read(
                medical(
                        """
                <members>
                  <pattern>dr.*@klinik.example</pattern><address>praxis@klinik.example</address>
                  <file>file://conf/list.txt</file><domain>klinik.example</domain>
                </members>"""));

        assertThat(configuration.members())
                .containsExactly(
                        new ClassMembers(
                                "medical",
                                List.of(
                                        new MemberSpec.Glob("dr.*@klinik.example"),
                                        new MemberSpec.Address("praxis@klinik.example"),
                                        new MemberSpec.File(root.resolve("conf/list.txt")),
                                        new MemberSpec.Domain("klinik.example"))),
                        new ClassMembers("general", List.of()));
    }

    @Test
    void delimitersShouldBeThoseOfTheFile() {
        String xml =
                "<tlsward><classes default=\"a\" subAddressDelimiters=\"%s\"><class name=\"a\"/></classes></tlsward>";

        assertThat(directory.read(xml.formatted("+-")).subAddressDelimiters()).isEqualTo("+-");
        assertThat(directory.read(xml.formatted("")).subAddressDelimiters()).isEmpty();
        assertThat(directory.problems(xml.formatted("@")))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: classes@subAddressDelimiters: unsupported value \"@\"");
    }

    @Test
    void everyProblemShouldBeReportedAtOnceWithItsLine() {
        List<String> problems = directory.problems(
                """
                <tlsward>
                  <classes default="genral">
                    <class name="medical">
                      <inbound minimum="TLSv1.1"/>

                      <outbound
                          level="encript"/>
                    </class>
                    <class name="general"/>
                  </classes>
                  <dns mode="maybe"/>
                </tlsward>
                """);

        assertThat(problems)
                .containsExactly(
                        "tlsward.xml:2: classes@default: unsupported value \"genral\" (expected: medical, general)",
                        "tlsward.xml:4: classes.class(medical).inbound@minimum: unsupported value \"TLSv1.1\""
                                + " (expected: none, any, TLSv1.2, TLSv1.3)",
                        "tlsward.xml:6: classes.class(medical).outbound@level: unsupported value \"encript\" (expected: "
                                + TlsLevel.words() + ")",
                        "tlsward.xml:11: dns@mode: unsupported value \"maybe\" (expected: validate, trust-ad)");
    }

    @Test
    void messageShouldHaveOneLineForEachProblem() {
        assertThatThrownBy(() -> directory.read("<tlsward><classes/><dnss/></tlsward>"))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage(
                        """
                        tlsward.xml:1: dnss: unknown element, did you mean "dns"?
                        tlsward.xml:1: classes@default: missing (expected: up to 64 letters, digits, - and _)""");
    }

    @Test
    void unknownNamesShouldBeRefusedWithWhatWasMeant() {
        assertThat(directory.problems(medical("<inbund minimum=\"any\"/><outbound levl=\"may\" colour=\"red\"/>")))
                .containsExactlyInAnyOrder(
                        "tlsward.xml:1: classes.class(medical).inbund: unknown element, did you mean \"inbound\"?",
                        "tlsward.xml:1: classes.class(medical).outbound@levl: unknown attribute, did you mean \"level\"?",
                        "tlsward.xml:1: classes.class(medical).outbound@colour: unknown attribute (expected: forwardSecrecy,"
                                + " giveUpAfter, level, minimum, names, observe, sha256, warnAfter)");
    }

    @Test
    void repeatedElementShouldBeRefused() {
        assertThat(directory.problems(medical("<inbound minimum=\"any\"/><inbound/>")))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).inbound: there is one already (expected: at most one)");
    }

    @Test
    void strayTextShouldBeRefused() {
        assertThat(directory.problems(medical("praxis@klinik.example")))
                .containsExactly("tlsward.xml:1: classes.class(medical): unexpected text \"praxis@klinik.example\"");
    }

    @Test
    void missingFileShouldBeRefused() {
        assertThatThrownBy(() -> directory.reader().read(directory.file()))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage("tlsward.xml: missing (expected: a file at "
                        + directory.file().toAbsolutePath() + ")");
    }

    @Test
    void unreadableFileShouldBeRefused() throws Exception {
        Files.createDirectory(directory.file());

        assertThatThrownBy(() -> directory.reader().read(directory.file()))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessageStartingWith("tlsward.xml: cannot be read: ");
    }

    @Test
    void emptyFileShouldBeRefused() {
        String expected = "tlsward.xml: empty (expected: <tlsward> with <classes>)";

        assertThat(directory.problems("")).containsExactly(expected);
        assertThat(directory.problems("<tlsward/>")).containsExactly(expected);
        assertThat(directory.problems("<tlsward> <!-- nothing --> </tlsward>")).containsExactly(expected);
    }

    @Test
    void treeThatJamesMakesOfAMissingFileShouldBeRefused() {
        assertThatThrownBy(() -> directory.reader().read(new XMLConfiguration()))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage("tlsward.xml: empty (expected: <tlsward> with <classes>)");
    }

    @Test
    void treeShouldBeReadLikeAFile() {
        BaseHierarchicalConfiguration tree = new BaseHierarchicalConfiguration();
        tree.addProperty("classes[@default]", "general");
        tree.addProperty("classes.class[@name]", "general");
        tree.addProperty("classes.class.inbound[@minimum]", "any");

        assertThat(directory
                        .reader()
                        .read(tree)
                        .rules()
                        .get("general")
                        .inbound()
                        .minimum())
                .isEqualTo(InboundMinimum.ANY);
        tree.setProperty("classes.class.inbound[@minimum]", "some");
        assertThatThrownBy(() -> directory.reader().read(tree))
                .hasMessage(
                        "tlsward.xml: classes.class(general).inbound@minimum: unsupported value \"some\" (expected: none,"
                                + " any, TLSv1.2, TLSv1.3)");
    }

    @Test
    void missingClassesShouldBeRefused() {
        assertThat(directory.problems("<tlsward><dns mode=\"never\"/></tlsward>"))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: classes: missing");
    }

    @Test
    void otherRootShouldBeRefused() {
        assertThat(directory.problems("<ward><classes default=\"a\"><class name=\"a\"/></classes></ward>"))
                .containsExactly("tlsward.xml: unexpected root element <ward> (expected: <tlsward>)");
    }

    @Test
    void brokenXmlShouldBeRefusedWithLineAndColumn() {
        assertThat(directory.problems("<tlsward>\n  <classes>\n</tlsward>"))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:3: unusable XML at column ")
                .contains("classes");
    }

    @Test
    void documentTypeShouldBeRefused() {
        assertThat(directory.problems(
                        "<!DOCTYPE tlsward [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>\n" + tlsward("&a;")))
                .singleElement()
                .asString()
                .contains("a document type is not allowed");
    }

    @Test
    void deepXmlShouldBeRefused() {
        assertThat(directory.problems("<a>".repeat(100_000) + "</a>".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("elements are nested too deeply");
    }

    @Test
    void classNamedTwiceShouldBeRefused() {
        assertThat(directory.problems(
                        "<tlsward><classes default=\"a\"><class name=\"a\"/>\n<class name=\"a\"/></classes></tlsward>"))
                .containsExactly(
                        "tlsward.xml:2: classes.class(a)@name: there is a class \"a\" already (expected: one of each name)");
    }

    @Test
    void missingDefaultClassShouldBeRefused() {
        assertThat(directory.problems("<tlsward><classes default=\"b\"><class name=\"a\"/></classes></tlsward>"))
                .containsExactly("tlsward.xml:1: classes@default: unsupported value \"b\" (expected: a)");
        assertThat(directory.problems("<tlsward><classes default=\"b\"/></tlsward>"))
                .containsExactly(
                        "tlsward.xml:1: classes@default: unsupported value \"b\" (expected: the name of a class; there is none)");
    }

    @Test
    void unusableClassNameShouldBeRefused() {
        assertThat(
                        directory.problems(
                                "<tlsward><classes default=\"a\"><class name=\"a\"/><class name=\"x y\"/><class/></classes></tlsward>"))
                .containsExactly(
                        "tlsward.xml:1: classes.class(x y)@name: unsupported value \"x y\" (expected: up to 64 letters, digits,"
                                + " - and _)",
                        "tlsward.xml:1: classes.class@name: missing (expected: up to 64 letters, digits, - and _)");
    }

    @Test
    void missingMemberFileShouldBeRefused() {
        assertThat(directory.problems(medical("<members><file>file://conf/nobody.txt</file></members>")))
                .containsExactly("tlsward.xml:1: classes.class(medical).members.file: unsupported value"
                        + " \"file://conf/nobody.txt\" (expected: a file that can be read; there is none at "
                        + root.resolve("conf/nobody.txt") + ")");
    }

    @Test
    void memberFileShouldBeAFileUrl() {
        assertThat(directory.problems(medical("<members><file>http://klinik.example/x</file></members>")))
                .containsExactly("tlsward.xml:1: classes.class(medical).members.file: unsupported value"
                        + " \"http://klinik.example/x\" (expected: " + FileUrls.EXPECTED + ")");
    }

    @Test
    void emptyMembersShouldBeRefused() {
        assertThat(directory.problems(medical("<members><address/><domain> </domain><pattern/><file/></members>")))
                .hasSize(4);
    }

    @Test
    void groupWithoutDirectoryShouldBeRefused() {
        assertThat(directory.problems(medical("<members><ldap group=\"cn=a,dc=klinik,dc=example\"/></members>")))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).members.ldap@group: there is no directory to ask"
                                + " (expected: an <ldap url=\"...\"/> beside <classes>)");
    }

    @Test
    void alternativesShouldBeOneForEachLanguage() {
        assertThat(directory.problems(
                        medical("<alternative lang=\"de\">a</alternative><alternative lang=\"de\">b</alternative>"
                                + "<alternative lang=\"tr\">c</alternative><alternative lang=\"en\"/>")))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).alternative@lang: there is an alternative in \"de\" already",
                        "tlsward.xml:1: classes.class(medical).alternative@lang: unsupported value \"tr\" (expected: de, en,"
                                + " fr)",
                        "tlsward.xml:1: classes.class(medical).alternative: empty (expected: what people can do instead of"
                                + " sending mail)");
    }

    @Test
    void contactOfReportsShouldBeExempt() {
        assertThat(directory
                        .read(tlsward("<tlsrpt contact=\"mailto:TLS-Reports@Klinik.example\"/>"))
                        .exemptRecipients())
                .containsExactly(new MailboxName("tls-reports", "klinik.example"));
        assertThat(directory.read(tlsward("")).exemptRecipients()).isEmpty();
    }

    @Test
    void referenceToTheEnvironmentShouldBeReplaced() {
        assertThat(directory
                        .read(medical("<inbound minimum=\"${env:MINIMUM}\"/>"))
                        .rules()
                        .get("medical")
                        .inbound()
                        .minimum())
                .isEqualTo(InboundMinimum.TLS_1_3);
        assertThat(directory.problems(medical("<inbound minimum=\"${env:NOBODY}\"/>")))
                .containsExactly(
                        "tlsward.xml:1: classes.class(medical).inbound@minimum: the environment has no variable"
                                + " \"NOBODY\"");
    }

    @Test
    void memberThatNobodyUnderstandsShouldBeRefusedWithItsLine() {
        assertThat(
                        directory.problems(
                                medical(
                                        """
                                <members>
                                <address>praxis</address>
                                <domain>a b</domain>
                                <pattern>dr.*</pattern>
                                <address>dr.*@klinik.example</address>
                                </members>""")))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("tlsward.xml:2: classes.class(medical).members.address: unsupported address"
                                        + " \"praxis\""),
                        problem -> assertThat(problem)
                                .startsWith("tlsward.xml:3: classes.class(medical).members.domain: unsupported domain"
                                        + " \"a b\""),
                        problem -> assertThat(problem)
                                .startsWith("tlsward.xml:4: classes.class(medical).members.pattern: unsupported pattern"
                                        + " \"dr.*\""),
                        problem -> assertThat(problem)
                                .startsWith("tlsward.xml:5: classes.class(medical).members.address: unsupported address"
                                        + " \"dr.*@klinik.example\""));
    }

    @Test
    void wrongGroupShouldBeRefused() {
        assertThat(directory.problems(medical("<members><ldap group=\"medical\"/><ldap/></members>")
                        .replace("</tlsward>", "<ldap url=\"ldaps://a.example\"/></tlsward>")))
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("members.ldap@group: unsupported value \"medical\""),
                        problem -> assertThat(problem).contains("members.ldap@group: missing"));
    }

    @Test
    void bytesThatAreNoCharactersShouldBeRefused() throws Exception {
        Files.write(directory.file(), new byte[] {'<', 'a', '>', '\n', (byte) 0xff, '<', '/', 'a', '>'});

        assertThatThrownBy(() -> directory.reader().read(directory.file()))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessageStartingWith("tlsward.xml:")
                .hasMessageContaining("unusable XML");
    }

    @Test
    void secretShouldNotBeInAMessage() {
        assertThat(directory.problems(tlsward("<trust password=\"hidden\"/><ldap password=\"hidden\"/>"
                        + "<destinations><destination match=\"a b\" password=\"hidden\"/></destinations>")))
                .isNotEmpty()
                .noneSatisfy(problem -> assertThat(problem).contains("hidden"));
    }

    @Test
    void resolverThatFailsShouldMakeAProblem() {
        directory.with("tlsward.xml", tlsward("<evidence path=\"file://conf/x\"/>"));

        assertThatThrownBy(() -> new WardConfigurationReader(url -> {
                            throw new IllegalStateException("no directory");
                        })
                        .read(directory.file()))
                .isInstanceOf(WardConfigurationException.class)
                .hasMessage("tlsward.xml:1: evidence@path: unsupported value \"file://conf/x\" (expected: "
                        + FileUrls.EXPECTED + ")");
    }
}
