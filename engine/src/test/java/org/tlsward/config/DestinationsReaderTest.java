/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.config.ConfigurationDirectory.tlsward;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.ClientCertificate;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.DestinationRules;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.PolicyException;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;
import org.tlsward.policy.TlsVersion;

class DestinationsReaderTest {
    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root).with("client.p12", "not opened");
    }

    private DestinationRules read(String inside) {
        return directory
                .read(tlsward("<destinations>" + inside + "</destinations>"))
                .destinations();
    }

    private List<String> problems(String inside) {
        return directory.problems(tlsward("<destinations>" + inside + "</destinations>"));
    }

    @Test
    void everyAttributeOfADestinationShouldCount() {
        DestinationRules rules = read(
                """
                <destination match=".Gov.Example" level="secure" names="mx.gov.example" minimum="TLSv1.3" observe="dane-only"
                             via="[192.0.2.7]:2525" user="klinik" password="${env:SECRET}"
                             clientCertificate="file://conf/client.p12" clientCertificatePassword="${env:SECRET}"/>""");

        Requirement required = Requirement.builder()
                .names(List.of(NamePattern.parse("mx.gov.example")))
                .minimum(TlsVersion.TLS_1_3)
                .build();
        assertThat(rules.destinations())
                .containsExactly(new DestinationRule(
                        new DomainMatch.Below("gov.example"),
                        new DestinationRule.DestinationDemand(
                                TlsLevel.SECURE,
                                required,
                                Optional.of(required.join(TlsLevel.DANE_ONLY.requirement()))),
                        Optional.of(NextHop.parse("[192.0.2.7]:2525")),
                        Optional.of(new Credentials("klinik", "s3cret")),
                        Optional.of(new ClientCertificate(
                                root.resolve("conf/client.p12").toAbsolutePath().toString(), Optional.of("s3cret")))));
    }

    @Test
    void everyAttributeOfAnExceptionShouldCount() {
        assertThat(
                        read("""
                                <exception match="old.example" level="encrypt" reason="new server in May" until="2027-05-31"/>
                                <exception match="*" level="may" reason="why not" until="2020-02-29" published="ignore"/>""")
                                .exceptions())
                .containsExactly(
                        new PolicyException(
                                new DomainMatch.Exact("old.example"),
                                TlsLevel.ENCRYPT,
                                TlsLevel.ENCRYPT.requirement(),
                                "new server in May",
                                LocalDate.of(2027, 5, 31),
                                false),
                        new PolicyException(
                                new DomainMatch.Any(),
                                TlsLevel.MAY,
                                Requirement.NOTHING,
                                "why not",
                                LocalDate.of(2020, 2, 29),
                                true));
    }

    @Test
    void fixedNextHopAloneShouldRequireNothing() {
        assertThat(read("<destination match=\"lab.example\" via=\"mx.lab.example\"/>")
                        .destinations()
                        .get(0)
                        .required())
                .isEqualTo(Requirement.NOTHING);
    }

    @Test
    void duplicatesShouldBeRefusedWhateverTheirSpelling() {
        assertThat(
                        problems(
                                """
                        <destination match="bücher.example" level="encrypt"/>
                        <destination match="XN--BCHER-KVA.example." level="verify"/>
                        <destination match=".bücher.example" level="verify"/>
                        <exception match="*" level="may" reason="a" until="2027-05-31"/>
                        <exception match="*" level="may" reason="b" until="2027-06-30"/>"""))
                .containsExactly(
                        "tlsward.xml:2: destinations.destination(XN--BCHER-KVA.example.)@match: \"xn--bcher-kva.example\" is"
                                + " there already (expected: once each)",
                        "tlsward.xml:5: destinations.exception(*)@match: \"*\" is there already (expected: once each)");
    }

    @Test
    void missingAttributesShouldBeRefused() {
        assertThat(problems("<destination/><exception/>"))
                .extracting(problem -> problem.substring(0, problem.indexOf(" (")))
                .containsExactly(
                        "tlsward.xml:1: destinations.destination@match: missing",
                        "tlsward.xml:1: destinations.exception@match: missing",
                        "tlsward.xml:1: destinations.exception@level: missing",
                        "tlsward.xml:1: destinations.exception@reason: missing",
                        "tlsward.xml:1: destinations.exception@until: missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "until=\"2027-02-30\"",
                "until=\"31.05.2027\"",
                "until=\"\"",
                "reason=\" \"",
                "level=\"low\"",
                "match=\"a b\"",
                "published=\"true\""
            })
    void wrongValueOfAnExceptionShouldBeRefused(String attribute) {
        String name = attribute.substring(0, attribute.indexOf('='));
        String exception = "<exception match=\"a.example\" level=\"may\" reason=\"r\" until=\"2027-05-31\"/>";

        assertThat(problems(
                        exception.contains(name + "=")
                                ? exception.replaceFirst(name + "=\"[^\"]*\"", attribute)
                                : exception.replace("/>", " " + attribute + "/>")))
                .singleElement()
                .asString()
                .contains("@" + name + ": unsupported value");
    }

    @Test
    void exceptionByFingerprintShouldBeRefused() {
        assertThat(problems("<exception match=\"a.example\" level=\"fingerprint\" reason=\"r\" until=\"2027-05-31\"/>"))
                .singleElement()
                .asString()
                .contains("destinations.exception(a.example)@level: an exception has no pins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[192.0.2.7", "mx.example:0", "2001:db8::1", "", "a b"})
    void wrongNextHopShouldBeRefused(String via) {
        assertThat(problems("<destination match=\"a.example\" via=\"" + via + "\"/>"))
                .singleElement()
                .asString()
                .contains("@via: unsupported value \"" + via + "\"");
    }

    @Test
    void loginShouldBeCompleteAndGoToAFixedHostInsideTls() {
        assertThat(problems("<destination match=\"a.example\" password=\"hidden\"/>"))
                .containsExactly(
                        "tlsward.xml:1: destinations.destination(a.example)@password: user and password need each other"
                                + " (expected: both or none)",
                        "tlsward.xml:1: destinations.destination(a.example)@password: whoever the MX records name would be"
                                + " given it (expected: a fixed next hop in via)",
                        "tlsward.xml:1: destinations.destination(a.example)@password: level \"may\" does not require TLS, and"
                                + " nothing is sent outside of it (expected: level=\"encrypt\" or stricter)");
    }

    @Test
    void missingClientCertificateShouldBeRefused() {
        assertThat(problems("<destination match=\"a.example\" clientCertificate=\"file://conf/none.p12\"/>"))
                .singleElement()
                .asString()
                .contains("@clientCertificate: unsupported value");
    }

    @Test
    void passwordWithoutAClientCertificateShouldBeRefused() {
        assertThat(problems("<destination match=\"a.example\" clientCertificatePassword=\"hidden\"/>"))
                .containsExactly(
                        "tlsward.xml:1: destinations.destination(a.example)@clientCertificatePassword: there is"
                                + " nothing that it opens (expected: clientCertificate too)");
    }

    @Test
    void passwordsShouldNeverBePrinted() {
        assertThat(
                        read("""
                        <destination match="a.example" level="encrypt" via="mx.example" user="klinik" password="hidden"
                                     clientCertificate="file://conf/client.p12" clientCertificatePassword="hidden"/>""")
                                .destinations()
                                .get(0)
                                .toString())
                .contains("client.p12")
                .doesNotContain("hidden");
    }
}
