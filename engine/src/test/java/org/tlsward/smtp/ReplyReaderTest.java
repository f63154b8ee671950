/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.smtp.ReplyReader.MalformedReply;

class ReplyReaderTest {
    private static final ReplyLimits SMALL = new ReplyLimits(40, 3, 100);

    private static ReplyReader reader(String octets) {
        return new ReplyReader(new ByteArrayInputStream(octets.getBytes(StandardCharsets.UTF_8)), SMALL);
    }

    private static Reply read(String octets) throws IOException {
        return reader(octets.replace("~", "\r\n")).read();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "250 ok~ # 250 ok # the usual form",
                "250~ # 250 # a code alone (RFC 5321 §4.2)",
                "250-a~250-b~250 c~ # 250 a b c # several lines",
                "250-~250 c~ # 250  c # an empty line among them",
                "559 x~ # 559 x # the largest code",
                "200 x~ # 200 x # the smallest code",
            })
    void readShouldTakeWhatTheStandardAllows(String octets, String expected, String why) throws IOException {
        assertThat(read(octets.strip()))
                .as(why)
                .hasToString(expected.strip().equals("250") ? "250 " : expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "~ # an empty line",
                "25~ # two digits",
                "2500 x~ # four digits",
                "250_x~ # no separator",
                "150 x~ # no 1xx in SMTP",
                "650 x~ # no 6xx",
                "250-a~251 b~ # two codes in one reply",
                "250-a~550 b~ # a success that turns out a failure",
                "HTTP/1.1 400 Bad Request~ # another protocol",
                "250-a~250-b~250-c~250 d~ # more lines than the limit",
                "250 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~ # a line longer than the limit",
                "250-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~250-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~250 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa~ # more octets than the limit",
            })
    void readShouldRefuseWhatIsNoReply(String octets, String why) {
        assertThatThrownBy(() -> read(octets.strip())).as(why).isInstanceOf(MalformedReply.class);
    }

    @Test
    void readShouldTellTheEndFromAReply() {
        assertThatThrownBy(() -> read("250-a~250")).isInstanceOf(EOFException.class);
    }

    @Test
    void readShouldNotLetControlCharactersThrough() throws IOException {
        assertThat(read("550 a\u001b[31mb\u0000c\rd~").lines()).containsExactly("a?[31mb?c?d");
    }

    @Test
    void hasBufferedShouldTellOctetsThatNobodyAskedFor() throws IOException {
        ReplyReader reader = reader("220 go\r\n250 injected\r\n");
        reader.read();
        assertThat(reader.hasBuffered()).isTrue();
        reader.read();
        assertThat(reader.hasBuffered()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "250 2.1.5 fine, 2.1.5",
        "550 5.7.10 no, 5.7.10",
        "550 5.7.10, 5.7.10",
        "550 4.7.0 other class, ",
        "550 5.7.1000 too long, ",
        "550 5.7 short, ",
        "550 see 5.7.1, ",
    })
    void enhancedCodeShouldStandFirstAndFitTheReply(String line, String expected) throws IOException {
        assertThat(read(line + "~").enhancedCode().map(EnhancedCode::toString).orElse(null))
                .isEqualTo(expected);
    }
}
