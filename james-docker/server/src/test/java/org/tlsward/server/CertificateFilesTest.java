/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Base64;
import nl.altindag.ssl.util.PemUtils;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.MemoryJamesConfiguration;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {

    private static final String OWN = "<privateKey>file://var/tls/key.pem</privateKey>"
            + "<certificates>file://var/tls/certificate.pem</certificates>";

    @TempDir
    Path home;

    private Path ownKey;
    private Path ownCertificate;

    @BeforeEach
    void makeDirectories() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        ownKey = home.resolve("var/tls/key.pem");
        ownCertificate = home.resolve("var/tls/certificate.pem");
    }

    @Test
    void certificateOfOursShouldBeMadeForTheHelloName() throws Exception {
        ServerFiles files = servers("<helloName autodetect=\"false\">mx.klinik.example</helloName>", OWN);

        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());

        assertThat(new PemFiles(ownKey, ownCertificate, "")
                        .load()
                        .leaf()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=mx.klinik.example");
    }

    @Test
    void certificateThatIsThereShouldStay() throws Exception {
        ServerFiles files = servers("", OWN);
        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());
        byte[] before = Files.readAllBytes(ownCertificate);

        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());

        assertThat(Files.readAllBytes(ownCertificate)).isEqualTo(before);
    }

    @Test
    void nothingShouldBeMadeInPlaceOfFilesElsewhere() throws Exception {
        ServerFiles files = servers(
                "",
                "<privateKey>file://conf/key.pem</privateKey><certificates>file://conf/certificate.pem</certificates>");

        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());

        assertThat(home.resolve("conf/key.pem")).doesNotExist();
        assertThat(ownKey).doesNotExist();
    }

    @Test
    void halfAPairShouldStopTheStart() throws Exception {
        ServerFiles files = servers("", OWN);
        OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC());
        Files.delete(ownKey);

        assertThatThrownBy(() -> OwnCertificate.makeIfNamedAndMissing(files, Clock.systemUTC()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(ownKey + " is missing", ownCertificate + " is there");
    }

    @Test
    void filesOfServersShouldCountOnceAndOnlyWithTls() throws Exception {
        write("smtpserver", server("enabled=\"true\"", OWN) + server("enabled=\"true\"", OWN));
        write(
                "imapserver",
                server("enabled=\"false\"", "<keystore>file://conf/off.p12</keystore>")
                        + server(
                                "enabled=\"true\"",
                                "<keystore>file://conf/imap.p12</keystore>"
                                        + "<keystoreType>PKCS12</keystoreType><secret>geheim</secret>"));

        assertThat(CertificateFiles.of(files()))
                .containsExactly(
                        new PemFiles(ownKey, ownCertificate, ""),
                        new KeyStoreFile(home.resolve("conf/imap.p12"), "PKCS12", "geheim"));
    }

    @Test
    void keyStoreShouldBeRead() throws Exception {
        SelfSignedCertificate.forHost("mx.klinik.example", Clock.systemUTC()).writeTo(ownKey, ownCertificate);
        KeyStoreFile store = new KeyStoreFile(home.resolve("conf/mail.p12"), "PKCS12", "geheim");
        writeKeyStore(store);

        assertThat(store.load().leaf().getSubjectX500Principal().getName()).isEqualTo("CN=mx.klinik.example");
        assertThat(store.toString()).doesNotContain("geheim");
        assertThatThrownBy(() -> new KeyStoreFile(store.path(), "PKCS12", "falsch").load())
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining(store.path().toString());
    }

    @Test
    void keyOfAnotherKindShouldNotPass() throws Exception {
        SelfSignedCertificate.forHost("mx.klinik.example", Clock.systemUTC()).writeTo(ownKey, ownCertificate);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] rsa = generator.generateKeyPair().getPrivate().getEncoded();
        Files.writeString(
                ownKey,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(rsa)
                        + "\n-----END PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> new PemFiles(ownKey, ownCertificate, "").load())
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("not of this private key");
    }

    private void writeKeyStore(KeyStoreFile file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "mail",
                PemUtils.loadPrivateKey(ownKey),
                file.secret().toCharArray(),
                PemUtils.loadCertificate(ownCertificate).toArray(Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file.path())) {
            store.store(out, file.secret().toCharArray());
        }
    }

    private ServerFiles servers(String more, String tls) throws Exception {
        write("smtpserver", server("enabled=\"true\"", tls).replace("</smtpserver>", more + "</smtpserver>"));
        return files();
    }

    private static String server(String attributes, String tls) {
        return "<smtpserver " + attributes + "><tls startTLS=\"true\">" + tls + "</tls></smtpserver>";
    }

    private void write(String component, String servers) throws Exception {
        String xml = "<servers>" + servers.replace("smtpserver", component) + "</servers>";
        Files.writeString(home.resolve("conf/" + component + ".xml"), xml, StandardCharsets.UTF_8);
    }

    private ServerFiles files() {
        MemoryJamesConfiguration configuration = MemoryJamesConfiguration.builder()
                .workingDirectory(home.toFile())
                .build();
        return new ServerFiles(new FileSystemImpl(configuration.directories()), configuration);
    }
}
