/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.mailet.MailetContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.smtp.MessageSource;

class JamesMessageTest {
    @TempDir
    Path root;

    private MailetContext context;

    @BeforeEach
    void start() throws Exception {
        context = new FakeServer(root, "").context();
    }

    private JamesMessage message(String text) throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return JamesMessage.of(message, context);
    }

    @ParameterizedTest
    @CsvSource({
        "'A: b\r\n\r\nbody\r\n', 14",
        "'A: b\r\n\r\none\ntwo\n', 18", // bare LF
        "'A: b\r\n\r\none\rtwo\r\n', 18" // bare CR
    })
    void theSizeShouldBeThatOnTheWire(String text, long size) throws Exception {
        assertThat(message(text).size()).isEqualTo(size);
    }

    @Test
    void octetsAbove127ShouldBeFoundWhereTheyAre() throws Exception {
        JamesMessage plain = message("A: b\r\n\r\nbody\r\n");
        JamesMessage body = message("A: b\r\n\r\nKörper\r\n");
        JamesMessage header = message("A: ö\r\n\r\nbody\r\n");

        assertThat(plain.hasEightBitBody()).isFalse();
        assertThat(plain.hasUtf8Header()).isFalse();
        assertThat(body.hasEightBitBody()).isTrue();
        assertThat(body.hasUtf8Header()).isFalse();
        assertThat(header.hasEightBitBody()).isFalse();
        assertThat(header.hasUtf8Header()).isTrue();
    }

    @Test
    void aTextOf8BitsShouldBecomeOneOf7() throws Exception {
        MessageSource converted = message("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n")
                .sevenBit()
                .orElseThrow();

        assertThat(converted.hasEightBitBody()).isFalse();
        String text = new String(converted.open().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(text).contains("Gr=C3=BC=C3=9Fe");
    }

    @Test
    void whatIsSignedShouldNotBeChanged() throws Exception {
        String signed = "Content-Type: multipart/signed; boundary=s; protocol=x; micalg=y\r\n\r\n--s\r\n"
                + "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGrüße\r\n--s\r\n"
                + "Content-Type: x/y\r\n\r\nsignature\r\n--s--\r\n";
        String forwarded =
                "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nfyi\r\n--m\r\n"
                        + signed + "--m--\r\n";

        assertThat(message("MIME-Version: 1.0\r\n" + signed).sevenBit()).isEmpty();
        assertThat(message("MIME-Version: 1.0\r\n" + forwarded).sevenBit()).isEmpty();
    }
}
