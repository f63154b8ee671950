/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.TlsReportSettings.Signing;
import org.tlsward.health.HealthProblem;
import org.tlsward.tlsrpt.CountStore;
import org.tlsward.tlsrpt.Delivery;
import org.tlsward.tlsrpt.HttpsPost;
import org.tlsward.tlsrpt.ObservedSession;
import org.tlsward.tlsrpt.ObservedSession.Verdict;
import org.tlsward.tlsrpt.PolicyInForce;
import org.tlsward.tlsrpt.ReportUri;
import org.tlsward.tlsrpt.Reporter;
import org.tlsward.tlsrpt.TlsReport;

class TlsReportServiceTest {
    private static final ObservedSession SESSION = new ObservedSession(
            "partner.example", List.of(new Verdict(PolicyInForce.none("partner.example"), Optional.empty())));
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    @TempDir
    Path root;

    private final List<String> sent = new ArrayList<>();
    private final List<Mail> mails = new ArrayList<>();
    private boolean spoolIsFull;
    private Optional<TlsReportService> service = Optional.empty();

    @BeforeEach
    void makeDirectories() throws Exception {
        Files.createDirectories(root.resolve("conf"));
        Files.createDirectories(root.resolve("var"));
    }

    @AfterEach
    void stop() {
        service.ifPresent(TlsReportService::stop);
    }

    @Test
    void whoHasAContactShouldCountAndKeepItAtTheEnd() throws Exception {
        start("<tlsrpt contact='mailto:tls@klinik.example'/>").count(SESSION);

        service.orElseThrow().stop();

        assertThat(new CountStore(root.resolve("var/tlsrpt")).days()).hasSize(1);
    }

    @Test
    void whoHasNoneShouldNotCount() throws Exception {
        TlsReportService silent = start("<tlsrpt organization='Klinik'/>");
        assertThat(silent.isReporting()).isFalse();
        silent.count(SESSION);

        silent.stop();

        assertThat(root.resolve("var/tlsrpt")).doesNotExist();
        assertThat(silent.problems()).isEmpty();
    }

    @Test
    void missingKeyShouldShow() throws Exception {
        assertThat(start("<tlsrpt contact='mailto:tls@klinik.example'/>").problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.severity()).isEqualTo(HealthProblem.Severity.DEGRADED);
                    assertThat(problem.message())
                            .startsWith("no TLS report is sent by mail: there is no key to sign them");
                });
    }

    @Test
    void keyThatCannotBeReadShouldShowUntilItIsMended() throws Exception {
        Files.writeString(root.resolve("conf/dkim.pem"), "nothing");
        TlsReportService running =
                start("<tlsrpt contact='mailto:tls@klinik.example' dkimSelector='s' dkimKey='file://conf/dkim.pem'/>");
        assertThat(running.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("holds no key"));

        key();
        running.runOnce();
        assertThat(running.problems()).isEmpty();
    }

    @Test
    void reportShouldGoThroughThePipelineSignedAndMarked() throws Exception {
        assertThat(send(Optional.of(key()))).isEqualTo(new Delivery.Done());

        assertThat(mails).singleElement().satisfies(mail -> {
            assertThat(mail.getMaybeSender().asString()).isEqualTo("tls@klinik.example");
            assertThat(mail.getRecipients()).containsExactly(new MailAddress("reports@partner.example"));
            assertThat(TlsReportMark.isOwnReport(mail)).isTrue();
            assertThat(TlsReportMark.isOwnReport(mail, new MailAddress("Reports@partner.example")))
                    .isTrue();
            assertThat(TlsReportMark.isOwnReport(mail, new MailAddress("other@partner.example")))
                    .isFalse();
        });
        assertThat(sent.get(0)).startsWith("DKIM-Signature:").contains("TLS-Report-Domain: partner.example");
    }

    @Test
    void withoutAKeyNoMailShouldGo() throws Exception {
        assertThat(send(Optional.empty())).isInstanceOf(Delivery.Impossible.class);
        assertThat(mails).isEmpty();
    }

    @Test
    void fullSpoolShouldBeTriedAgain() throws Exception {
        spoolIsFull = true;

        assertThat(send(Optional.of(key()))).isInstanceOf(Delivery.Failed.class);
    }

    private Delivery send(Optional<Signing> signing) {
        TlsReport report = new TlsReport("Klinik", NOW, NOW, "tls@klinik.example", "id@klinik.example", List.of());
        return new TlsReportOutlet(
                        this::context,
                        () -> signing,
                        HttpsPost.toPublicAddresses()::send,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .send(
                        new Reporter("Klinik", "tls@klinik.example"),
                        "partner.example",
                        report,
                        new ReportUri.Mailto("reports@partner.example"));
    }

    private Signing key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        return new Signing(
                "klinik.example",
                "s",
                Files.writeString(
                        root.resolve("conf/dkim.pem"),
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END PRIVATE KEY-----\n"));
    }

    private TlsReportService start(String element) throws Exception {
        Files.writeString(
                root.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes>" + element + "</tlsward>");
        Ward ward = new Ward(files());
        WardHealth health = new WardHealth(ward);
        service = Optional.of(new TlsReportService(
                files(),
                ward,
                health,
                new ServerFacts(ward, health, new EmergencyStops(files(), health)),
                this::context));
        return service.get();
    }

    private MailetContext context() {
        return (MailetContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MailetContext.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("sendMail")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    if (spoolIsFull) {
                        throw new MessagingException("the spool is full");
                    }
                    Mail mail = (Mail) arguments[0];
                    ByteArrayOutputStream written = new ByteArrayOutputStream();
                    mail.getMessage().writeTo(written);
                    sent.add(written.toString(StandardCharsets.US_ASCII));
                    mails.add(mail.duplicate());
                    return null;
                });
    }

    private FileSystem files() {
        return new FileSystem() {
            @Override
            public InputStream getResource(String url) {
                throw new UnsupportedOperationException(url);
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.substring("file://".length())).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
    }
}
