/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.james.ReportSignatures;
import org.tlsward.james.TlsReportsView;
import org.tlsward.tlsrpt.ReportArchive;

class CollectTlsReportsTest {
    private static final String CONTACT = "tls@klinik.example";
    private static final String REPORT =
            """
            {"organization-name":"Partner","date-range":{"start-datetime":"2026-11-22T00:00:00Z",\
            "end-datetime":"2026-11-22T23:59:59Z"},"contact-info":"x@partner.example","report-id":"42",\
            "policies":[{"policy":{"policy-type":"sts","policy-domain":"klinik.example"},\
            "summary":{"total-successful-session-count":7,"total-failure-session-count":0}}]}""";

    private static final KeyPair KEYS = keys();
    private static final String KEY = "v=DKIM1; k=rsa; p="
            + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    private static final String FROM = "From: <reporter@partner.example>\r\n";

    @TempDir
    Path root;

    private TlsReportsView view;
    private CollectTlsReports mailet;
    private FakeServer server;
    private String key = KEY;
    private boolean dnsFails;
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(
                root,
                "<tlsward><classes default='general'><class name='general'/></classes>"
                        + "<tlsrpt contact='mailto:tls@klinik.example'/></tlsward>");
        view = new TlsReportsView(server.files());
        mailet = mailet(MoreExecutors.newDirectExecutorService());
    }

    private CollectTlsReports mailet(ExecutorService worker) {
        return new CollectTlsReports(server.ward(), view, new ReportSignatures(this::txt), worker);
    }

    @Test
    void unknownParameterShouldStopTheStart() {
        assertThatThrownBy(() -> mailet.init(FakeMailetConfig.builder()
                        .mailetName("CollectTlsReports")
                        .setProperty("contact", CONTACT)
                        .build()))
                .hasMessageContaining("unsupported parameter \"contact\"");
    }

    @Test
    void reportShouldBeKeptAndTheMailGoOn() throws Exception {
        Mail mail = mail(CONTACT, multipart("application/tlsrpt+gzip", "x!y!1!2.json.gz", gzip(REPORT)));
        String before = mail.getState();

        mailet.service(mail);

        assertThat(view.list()).singleElement().satisfies(entry -> {
            assertThat(entry.organization()).isEqualTo("Partner");
            assertThat(entry.successful()).isEqualTo(7);
            assertThat(entry.sender()).isEqualTo("reporter@partner.example");
        });
        assertThat(view.showJson(view.list().get(0).id()).orElseThrow()).contains("\"report-id\":\"42\"");
        assertThat(mail.getState()).isEqualTo(before);
        assertThat(mail.getRecipients()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/tlsrpt+json",
                "application/json",
                "application/octet-stream",
                "APPLICATION/TLSRPT+JSON"
            })
    void otherTypesOfTheWildShouldDo(String type) throws Exception {
        mailet.service(mail(CONTACT, multipart(type, "report.JSON", REPORT.getBytes(StandardCharsets.UTF_8))));

        assertThat(view.list()).hasSize(1);
    }

    @Test
    void messageThatIsTheReportItselfShouldDo() throws Exception {
        mailet.service(mail(
                "TLS+sub@Klinik.example",
                "Content-Type: application/tlsrpt+json\r\nMIME-Version: 1.0\r\n\r\n" + REPORT));

        assertThat(view.list()).hasSize(1);
    }

    @Test
    void mailToOthersShouldNotBeOpened() throws Exception {
        mailet.service(mail("praxis@klinik.example", multipart("application/tlsrpt+gzip", "a", gzip(REPORT))));

        assertThat(view.list()).isEmpty();
    }

    @Test
    void hostileMailShouldNotBreakThePipeline() throws Exception {
        StringBuilder deep = new StringBuilder("MIME-Version: 1.0\r\n");
        for (int i = 0; i < 2000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        for (String source : List.of(
                deep.toString(),
                multipart("application/tlsrpt+gzip", "a", new byte[] {0x1F, (byte) 0x8B, 0, 0}),
                multipart("application/tlsrpt+gzip", "a", gzip("[".repeat(100_000))),
                multipart("application/tlsrpt+gzip; name*=utf-8''%ff%", "a", gzip("{}")),
                "Content-Type: multipart/report; boundary=\r\n\r\n",
                "Content-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: x-unknown\r\n\r\nxx",
                "")) {
            mailet.service(mail(CONTACT, source));
        }

        assertThat(view.list()).isEmpty();
    }

    @Test
    void brokenMailShouldNotBreakThePipeline() throws Exception {
        mailet.service(MailImpl.builder().name("broken").addRecipient(CONTACT).build());

        assertThat(view.list()).isEmpty();
    }

    @Test
    void hugeMailShouldNotBeOpened() throws Exception {
        mailet.service(
                mail(CONTACT, "Content-Type: application/tlsrpt+json\r\n\r\n" + REPORT + " ".repeat(4 * 1024 * 1024)));

        assertThat(view.list()).isEmpty();
    }

    @Test
    void manyReportsInOneMailShouldNotFillTheStore() throws Exception {
        StringBuilder parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < 100; i++) {
            parts.append("--b\r\nContent-Type: application/tlsrpt+json\r\n\r\n")
                    .append(REPORT.replace("\"42\"", "\"" + i + "\""))
                    .append("\r\n");
        }
        mailet.service(mail(CONTACT, parts + "--b--\r\n"));

        assertThat(view.list()).extracting(ReportArchive.Entry::reportId).containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    /** RFC 8460 §3: reports lacking a valid signature by the reporting domain MUST be ignored by the recipient. */
    @Test
    void reportWithoutSignatureShouldBeIgnored() throws Exception {
        mailet.service(mailAsIs(CONTACT, FROM + report()));

        assertThat(view.list()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void reportThatWasChangedShouldBeIgnored() throws Exception {
        String signed = sign(FROM + report(), SIGNATURE);

        mailet.service(mailAsIs(CONTACT, signed.replace("session-count\":7", "session-count\":9")));
        mailet.service(mailAsIs(CONTACT, signed.replace("From: <reporter@", "From: <someone@")));
        mailet.service(mailAsIs(CONTACT, "From: <ceo@other.example>\r\n" + signed));
        assertThat(view.list()).isEmpty();

        mailet.service(mailAsIs(CONTACT, "Received: from a by b; now\r\n" + signed));
        assertThat(view.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example", // another domain
                "sub.partner.example", // one below does not speak for those above
                "artner.example"
            })
    void signatureOfAnotherDomainShouldNotCount(String domain) throws Exception {
        mailet.service(mailAsIs(CONTACT, sign(FROM + report(), SIGNATURE.replace("d=partner.example", "d=" + domain))));

        assertThat(view.list()).isEmpty();
        assertThat(asked).containsExactly("s._domainkey." + domain);
    }

    /** RFC 8460 §5.3: the submitter is the domain of the contact. */
    @Test
    void signerShouldSpeakForTheContactToo() throws Exception {
        mailet.service(
                mailAsIs(CONTACT, sign(FROM + report().replace("x@partner.example", "x@large.example"), SIGNATURE)));
        assertThat(view.list()).isEmpty();

        String below = report().replace("x@partner.example", "x@mail.Partner.Example");
        mailet.service(mailAsIs(CONTACT, sign(FROM.replace("@", "@mail.") + below, SIGNATURE)));
        assertThat(view.list()).hasSize(1);
    }

    /** RFC 8460 §3: MUST NOT use l=. RFC 8301 §3.1: no SHA-1. */
    @ParameterizedTest
    @ValueSource(strings = {"l=2000; c=", "l=0; c="})
    void signatureOfAPartShouldNotCount(String tags) throws Exception {
        mailet.service(mailAsIs(CONTACT, sign(FROM + report(), SIGNATURE.replace("c=", tags))));

        assertThat(view.list()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void weakHashShouldNotCount() throws Exception {
        mailet.service(mailAsIs(CONTACT, sign(FROM + report(), SIGNATURE.replace("sha256", "sha1"))));

        assertThat(view.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "s=tlsrpt, true",
        "s=*, true",
        "s=email, true",
        "s=other:tlsrpt, true",
        "s=other, false",
        "t=y, false",
        "h=sha1, false"
    })
    void keyShouldBeForReports(String tag, boolean counts) throws Exception {
        key = KEY.replace("k=rsa", "k=rsa; " + tag);

        mailet.service(mail(CONTACT, report()));

        assertThat(view.list()).hasSize(counts ? 1 : 0);
    }

    @Test
    void keyThatIsMissingOrRevokedShouldNotCount() throws Exception {
        for (String record : List.of("", "v=DKIM1; p=", "nonsense", KEY.replace("p=MI", "p=MM"))) {
            key = record;
            mailet.service(mail(CONTACT, report()));
        }
        dnsFails = true;
        mailet.service(mail(CONTACT, report()));

        assertThat(view.list()).isEmpty();
        assertThat(asked).hasSize(5);
    }

    @Test
    void manySignaturesShouldNotMakeManyQuestions() throws Exception {
        String source = FROM + report();
        for (int i = 0; i < 50; i++) {
            source = sign(source, SIGNATURE.replace("s=s", "s=s" + i).replace("h=From", "h=From:Date"));
        }
        key = "";
        mailet.service(mailAsIs(CONTACT, source));

        assertThat(asked).hasSize(4);
    }

    /** DNS of strangers is not waited for on the thread of a mail. */
    @Test
    void mailShouldNotWaitForSignatures() throws Exception {
        List<Runnable> later = new ArrayList<>();
        ExecutorService worker = new AbstractExecutorService() {
            @Override
            public void execute(Runnable task) {
                if (later.size() == 2) {
                    throw new RejectedExecutionException();
                }
                later.add(task);
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public boolean awaitTermination(long time, TimeUnit unit) {
                return true;
            }
        };
        CollectTlsReports other = mailet(worker);
        for (int i = 0; i < 3; i++) {
            Mail mail = mail(CONTACT, report().replace("\"42\"", "\"" + i + "\""));
            other.service(mail);
            LifecycleUtil.dispose(mail);
        }
        assertThat(asked).isEmpty();

        later.forEach(Runnable::run);
        assertThat(view.list()).hasSize(2);
    }

    private static String report() {
        return "Content-Type: application/tlsrpt+json\r\nMIME-Version: 1.0\r\n\r\n" + REPORT;
    }

    private DnsAnswer<String> txt(String name) {
        asked.add(name);
        if (dnsFails) {
            return new DnsAnswer.Failed<>(DnsAnswer.Trouble.TIMEOUT, "no answer");
        }
        return key.isEmpty()
                ? new DnsAnswer.Absent<>(false, DnsAnswer.Security.INSECURE)
                : new DnsAnswer.Found<>(List.of(key), DnsAnswer.Security.INSECURE);
    }

    private static final String SIGNATURE =
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d=partner.example; s=s; h=From; bh=; b=;";

    private static String sign(String source, String template) throws Exception {
        String field = new DKIMSigner(template, KEYS.getPrivate())
                .sign(new ByteArrayInputStream(source.getBytes(StandardCharsets.ISO_8859_1)));
        return field + "\r\n" + source;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed by the partner, as all reports should be. */
    private static Mail mail(String recipient, String source) throws Exception {
        return mailAsIs(recipient, sign(FROM + source, SIGNATURE));
    }

    private static Mail mailAsIs(String recipient, String source) throws Exception {
        return MailImpl.builder()
                .name("m")
                .sender("reporter@partner.example")
                .addRecipient(recipient)
                .mimeMessage(new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(source.getBytes(StandardCharsets.ISO_8859_1))))
                .build();
    }

    private static String multipart(String type, String name, byte[] content) {
        return "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n"
                + "--b\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\r\n--b--\r\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
