/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.check.GateForecast;

/** One class that wants TLS 1.3, and a domain of ours. */
class ServerRecipientsTest {
    @TempDir
    Path home;

    private ServerRecipients recipients;
    private boolean tableIsDown;

    @BeforeEach
    void start() throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
        Files.writeString(
                conf.resolve("tlsward.xml"),
                """
                <tlsward>
                  <classes default="general">
                    <class name="medical">
                      <members><domain>klinik.example</domain></members>
                      <inbound minimum="TLSv1.3" exempt="10.0.0.0/8"/>
                    </class>
                    <class name="general"/>
                  </classes>
                  <tlsrpt organization="us" contact="mailto:tls@klinik.example"/>
                </tlsward>
                """);
        AliasLookup aliases = new AliasLookup(null) {
            @Override
            public Set<MailAddress> targets(MailAddress recipient) throws AliasLookupException {
                if (tableIsDown) {
                    throw new AliasLookupException("aliases of " + recipient + " cannot be followed", null);
                }
                return recipient.getLocalPart().equals("alias") ? Set.of(address("x@partner.example")) : Set.of();
            }
        };
        DomainList domains = (DomainList) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DomainList.class},
                (proxy, method, arguments) -> arguments[0].equals(Domain.of("klinik.example")));
        FileSystem files = new HomeFileSystem(home);
        Ward ward = new Ward(files);
        EmergencyStops stops = new EmergencyStops(files, new WardHealth(ward));
        recipients =
                new ServerRecipients(aliases, domains, new RecipientJudge(new AddressClasses(ward, aliases), stops));
    }

    private static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (javax.mail.internet.AddressException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void gateShouldBeForetoldWithItsVeryReply() {
        assertThat(recipients.gate("praxis@klinik.example"))
                .extracting(GateForecast::session, forecast -> forecast.text().replaceFirst(" .*", ""))
                .containsExactly(tuple("cleartext", "530"), tuple("TLSv1.2", "550"), tuple("TLSv1.3", "taken"));
    }

    @Test
    void exemptAddressesShouldBeTaken() {
        for (String exempt : Set.of("postmaster@klinik.example", "abuse@klinik.example", "tls@klinik.example")) {
            assertThat(recipients.gate(exempt)).as(exempt).hasSize(3).allMatch(forecast -> forecast.text()
                    .startsWith("taken"));
        }
    }

    @Test
    void recipientOfOthersShouldHaveNoGate() {
        assertThat(recipients.gate("praxis@partner.example")).isEmpty();
        assertThat(recipients.isOurs("partner.example")).isFalse();
        assertThat(recipients.isOurs("klinik.example")).isTrue();
    }

    @Test
    void aliasesShouldBeFollowed() throws Exception {
        assertThat(recipients.targetsOf("alias@klinik.example")).containsExactly("x@partner.example");
        tableIsDown = true;
        assertThatThrownBy(() -> recipients.targetsOf("alias@klinik.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be followed");
    }

    @Test
    void whatIsNoAddressShouldBeRefused() {
        assertThatThrownBy(() -> recipients.gate("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported address \"nobody\"");
    }

    /** As James has it. */
    private record HomeFileSystem(Path home) implements FileSystem {
        @Override
        public InputStream getResource(String url) {
            throw new UnsupportedOperationException(url);
        }

        @Override
        public File getFile(String url) {
            return home.resolve(url.substring("file://".length())).toFile();
        }

        @Override
        public File getBasedir() {
            return home.toFile();
        }
    }
}
