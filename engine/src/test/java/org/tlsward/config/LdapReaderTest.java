/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.config.ConfigurationDirectory.tlsward;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.classes.LdapDirectory;

class LdapReaderTest {
    @TempDir
    Path root;

    ConfigurationDirectory directory;

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigurationDirectory(root).with("ca.p12", "not opened");
    }

    private List<String> problems(String attributes) {
        return directory.problems(tlsward("<ldap " + attributes + "/>"));
    }

    @Test
    void everyAttributeShouldCount() {
        WardConfiguration configuration = directory.read(
                tlsward(
                        """
                <ldap url="ldap://ldap1.klinik.example ldap://[2001:db8::7]:1389/" startTls="true" user="cn=james"
                      password="${env:SECRET}" trustStore="file://conf/ca.p12" trustPassword="changeit"
                      mailAttributes="mail mailAlternateAddress" timeLimit="2s" refresh="1h"/>
                """));

        assertThat(configuration.directory())
                .contains(new LdapDirectory(
                        List.of(URI.create("ldap://ldap1.klinik.example"), URI.create("ldap://[2001:db8::7]:1389/")),
                        true,
                        Optional.of("cn=james"),
                        Optional.of("s3cret"),
                        Optional.of(root.resolve("conf/ca.p12")),
                        Optional.of("changeit"),
                        List.of("mail", "mailAlternateAddress"),
                        Duration.ofSeconds(2),
                        Duration.ofHours(1)));
        assertThat(configuration.directory().toString())
                .contains("ldap1.klinik.example", "cn=james")
                .doesNotContain("s3cret", "changeit");
    }

    @Test
    void urlAloneShouldBeEnough() {
        assertThat(directory
                        .read(tlsward("<ldap url=\"ldaps://ldap.klinik.example\"/>"))
                        .directory())
                .contains(new LdapDirectory(
                        List.of(URI.create("ldaps://ldap.klinik.example")),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("mail"),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5)));
    }

    @Test
    void missingUrlShouldBeRefused() {
        assertThat(problems("")).singleElement().asString().startsWith("tlsward.xml:1: ldap@url: missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ldap.klinik.example",
                "http://ldap.klinik.example",
                "ldap://",
                "ldap://a.example/dc=klinik",
                "ldap://u:p@a.example",
                "ldap://a.example?mail",
                "ldap://a.example:0",
                "ldap://a.example:70000",
                "ldap://a b",
                "ldap://a_b.example"
            })
    void wrongUrlShouldBeRefused(String url) {
        assertThat(problems("url=\"" + url + "\""))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: ldap@url: unsupported value \"" + url + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ldap://ldap.klinik.example", "ldaps://a.example ldap://192.0.2.1", "ldap://127.0.0.1.example"})
    void passwordInCleartextShouldBeRefused(String url) {
        assertThat(problems("url=\"" + url + "\" user=\"cn=james\" password=\"s\""))
                .singleElement()
                .asString()
                .contains("would send the password in cleartext (expected: ldaps:// or startTls=\"true\")");
        assertThat(problems("url=\"" + url + "\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ldap://127.0.0.1:1389,false",
        "ldap://localhost,false",
        "ldap://[::1],false",
        "ldaps://a.example,false",
        "ldap://a.example,true"
    })
    void passwordOnASafeWayShouldPass(String url, boolean startTls) {
        assertThat(problems("url=\"" + url + "\" startTls=\"" + startTls + "\" user=\"cn=james\" password=\"s\""))
                .isEmpty();
    }

    @Test
    void contradictionsShouldBeRefused() {
        assertThat(problems("url=\"ldaps://a.example\" startTls=\"true\" user=\"cn=james\" trustPassword=\"s\""))
                .containsExactly(
                        "tlsward.xml:1: ldap@user: user and password need each other (expected: both or none)",
                        "tlsward.xml:1: ldap@trustPassword: there is no trustStore that it could open",
                        "tlsward.xml:1: ldap@startTls: ldaps://a.example is TLS from the first byte (expected: startTls with"
                                + " ldap:// only)");
    }

    @Test
    void missingTrustStoreShouldBeRefused() {
        assertThat(problems("url=\"ldaps://a.example\" trustStore=\"file://conf/no.p12\""))
                .singleElement()
                .asString()
                .startsWith("tlsward.xml:1: ldap@trustStore: unsupported value \"file://conf/no.p12\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeLimit=\"5\"",
                "refresh=\"soon\"",
                "mailAttributes=\"\"",
                "startTls=\"yes\"",
                "user=\"\" password=\"x\""
            })
    void wrongValueShouldBeRefused(String attribute) {
        assertThat(problems("url=\"ldaps://a.example\" " + attribute))
                .singleElement()
                .asString()
                .contains("unsupported value");
    }
}
