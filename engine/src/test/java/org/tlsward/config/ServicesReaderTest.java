/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.config.ConfigurationDirectory.tlsward;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.classes.MailboxName;
import org.tlsward.policy.IpNetwork;

class ServicesReaderTest {
    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root)
                .with("ca.p12", "not opened")
                .with("anchors", "not opened")
                .with("dkim.pem", "not opened");
    }

    @Test
    void everyServiceShouldBeRead() {
        WardConfiguration configuration = directory.read(
                tlsward(
                        """
                <dns mode="trust-ad" servers="127.0.0.1:5353 [::1]" trustAnchor="file://conf/anchors"
                     signedName="signed.example" brokenName="broken.example" insecureMx="encrypt"/>
                <trust store="file://conf/ca.p12" password="${env:SECRET}"/>
                <networks internal="10.0.0.0/8 fd00::/8"/>
                <evidence path="file://var/evidence/" keys="file://var/keys/" addresses="keyed" retention="10y" node="mx1"/>
                <tlsrpt organization="Klinik" contact="mailto:tls@klinik.example"
                        dkimDomain="Klinik.example" dkimSelector="tls2026" dkimKey="file://conf/dkim.pem"/>"""));

        assertThat(configuration.dns())
                .isEqualTo(new DnsSettings(
                        DnsSettings.Mode.TRUST_AD,
                        List.of(address("127.0.0.1", 5353), address("::1", 53)),
                        Optional.of(root.resolve("conf/anchors")),
                        "signed.example",
                        "broken.example",
                        DnsSettings.InsecureMx.ENCRYPT));
        assertThat(configuration.trust())
                .contains(new TrustSettings(root.resolve("conf/ca.p12"), Optional.of("s3cret")));
        assertThat(configuration.internalNetworks())
                .containsExactly(IpNetwork.parse("10.0.0.0/8"), IpNetwork.parse("fd00::/8"));
        assertThat(configuration.evidence())
                .isEqualTo(new EvidenceSettings(
                        Optional.of(root.resolve("var/evidence")),
                        Optional.of(root.resolve("var/keys")),
                        EvidenceSettings.Addresses.KEYED,
                        Optional.of(Period.ofYears(10)),
                        Optional.of("mx1")));
        assertThat(configuration.tlsReports())
                .contains(new TlsReportSettings(
                        Optional.of("Klinik"),
                        Optional.of(new MailboxName("tls", "klinik.example")),
                        Optional.of(new TlsReportSettings.Signing(
                                "klinik.example", "tls2026", root.resolve("conf/dkim.pem")))));
    }

    private static InetSocketAddress address(String literal, int port) {
        return new InetSocketAddress(IpNetwork.parse(literal).base(), port);
    }

    @Test
    void passwordShouldNotBePrinted() {
        assertThat(new TrustSettings(Path.of("ca.p12"), Optional.of("s3cret")).toString())
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<dns mode='on'/> | dns@mode: unsupported value \"on\"",
                "<dns servers='localhost'/> | dns@servers: unsupported value \"localhost\"",
                "<dns servers='127.0.0.1:0'/> | dns@servers: unsupported value \"127.0.0.1:0\"",
                "<dns servers='127.0.0.1:65536'/> | dns@servers: unsupported value",
                "<dns servers='1.2.3.400'/> | dns@servers: unsupported value",
                "<dns servers='::1'/> | dns@servers: unsupported value",
                "<dns servers=''/> | dns@servers: unsupported value",
                "<dns mode='trust-ad' servers='192.0.2.53'/> | dns@servers: mode \"trust-ad\" with 192.0.2.53",
                "<dns insecureMx='none'/> | dns@insecureMx: unsupported value \"none\" (expected: may, encrypt, dane)",
                "<dns signedName='two words'/> | dns@signedName: unsupported value \"two words\" (expected: a domain like",
                "<dns brokenName='a..example'/> | dns@brokenName: unsupported value \"a..example\" (expected: a domain like",
                "<dns trustAnchor='file://conf/none'/> | dns@trustAnchor: unsupported value",
                "<trust/> | trust@store: missing",
                "<trust store='file://conf/none'/> | trust@store: unsupported value",
                "<trust store='file://conf/ca.p12' password=''/> | trust@password: unsupported value",
                "<networks/> | networks@internal: missing",
                "<networks internal='0.0.0.0/0'/> | networks@internal: unsupported value",
                "<evidence path='evidence'/> | evidence@path: unsupported value \"evidence\"",
                "<evidence path='file://conf/ca.p12'/> | evidence@path: unsupported value",
                "<evidence keys='file://conf/ca.p12'/> | evidence@keys: unsupported value",
                "<evidence path='file://var/e/' keys='file://var/e/'/> | evidence@keys: the same folder as path",
                "<evidence addresses='none'/> | evidence@addresses: unsupported value \"none\" (expected: plain, keyed)",
                "<evidence node='mx 1'/> | evidence@node: unsupported value \"mx 1\" (expected: a name like mx1",
                "<evidence retention='10'/> | evidence@retention: unsupported value \"10\" (expected: a number and a unit",
                "<evidence retention='0d'/> | evidence@retention: unsupported value",
                "<tlsrpt organization=''/> | tlsrpt@organization: unsupported value",
                "<tlsrpt contact='tls@klinik.example'/> | tlsrpt@contact: unsupported value",
                "<tlsrpt contact='mailto:tls'/> | tlsrpt@contact: unsupported value",
                "<tlsrpt contact='mailto:a@b.example?subject=x'/> | tlsrpt@contact: unsupported value",
                "<tlsrpt contact='mailto:a@b..example'/> | tlsrpt@contact: unsupported value",
                "<tlsrpt contact='mailto:a@b.example' dkimKey='file://conf/dkim.pem'/> | tlsrpt@dkimSelector: missing",
                "<tlsrpt contact='mailto:a@b.example' dkimSelector='s' dkimKey='file://conf/none'/> | tlsrpt@dkimKey: unsupported value",
                "<tlsrpt contact='mailto:a@b.example' dkimSelector='s'/> | tlsrpt@dkimSelector: there is no key",
                "<tlsrpt contact='mailto:a@b.example' dkimSelector='a b' dkimKey='file://conf/dkim.pem'/> | tlsrpt@dkimSelector: unsupported value",
                "<tlsrpt contact='mailto:a@b.example' dkimDomain='c.example' dkimSelector='s' dkimKey='file://conf/dkim.pem'/> | tlsrpt@dkimDomain: unsupported value",
                "<tlsrpt contact='mailto:a@b.example' dkimDomain='xb.example' dkimSelector='s' dkimKey='file://conf/dkim.pem'/> | tlsrpt@dkimDomain: unsupported value",
                "<tlsrpt/> <tlsrpt/> | tlsrpt: there is one already",
            })
    void wrongValueShouldBeRefused(String element, String problem) {
        assertThat(directory.problems(tlsward(element)))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: " + problem);
    }
}
