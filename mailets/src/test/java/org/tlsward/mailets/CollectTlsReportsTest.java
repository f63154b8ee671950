/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @TempDir
    Path root;

    private TlsReportsView view;
    private CollectTlsReports mailet;

    @BeforeEach
    void start() throws IOException {
        FakeServer server = new FakeServer(
                root,
                "<tlsward><classes default='general'><class name='general'/></classes>"
                        + "<tlsrpt contact='mailto:tls@klinik.example'/></tlsward>");
        view = new TlsReportsView(server.files());
        mailet = new CollectTlsReports(server.ward(), view);
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

    private static Mail mail(String recipient, String source) throws Exception {
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
