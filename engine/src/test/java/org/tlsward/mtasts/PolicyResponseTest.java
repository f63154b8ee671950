/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, with a slash for each line end. */
class PolicyResponseTest {
    private static final String OK = "HTTP/1.1 200 OK/Content-Type: text?plain/";

    private static String read(String text) throws IOException {
        String wire = text.replace("/", "\r\n").replace("HTTP\r\n", "HTTP/").replace('?', '/');
        byte[] body = PolicyResponse.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)));
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 3//abc",
                OK + "content-length:3//abcd", // what follows is not ours
                OK + "Content-Length: 3/Content-Length: 3//abc",
                OK + "Transfer-Encoding: chunked//3/abc/0//",
                OK + "Transfer-Encoding: Chunked/Content-Length: 1//01/a/2;x=y/bc/0/Trailer: x//", // RFC 9112 §6.3
                OK + "Content-Encoding: identity/Content-Length: 3//abc",
                "HTTP/1.0 200/Content-Type: text?plain/Content-Length: 3//abc",
                "HTTP/1.1 103 Early/Link: x//HTTP/1.1 200 OK/Content-Type: text?plain/Content-Length: 3//abc"
            })
    void readShouldFindTheBody(String text) throws IOException {
        assertThat(read(text)).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| breaks off",
                "SSH-2.0-x/| does not speak HTTP",
                "HTTP/2 200/| does not speak HTTP",
                "HTTP/1.1 200 OK/Content-Length: 1//a| media type",
                OK + "/abc| does not tell its length",
                OK + "Content-Length: x//abc| does not tell its length",
                OK + "Content-Length: -1//abc| does not tell its length",
                OK + "Content-Length: 3/Content-Length: 4//abc| several headers content-length",
                OK + "Content-Type: text?html/Content-Length: 3//abc| several headers content-type",
                OK + "Content-Length: 9999999999//abc| too long",
                OK + "Content-Length: 4//abc| breaks off",
                OK + "Content-Length: 3/ folded//abc| malformed header",
                OK + "Content-Length : 3//abc| malformed header",
                OK + "Content-Encoding: gzip/Content-Length: 3//abc| encoded as \"gzip\"",
                OK + "Transfer-Encoding: gzip, chunked//0//| encoded as \"gzip, chunked\"",
                OK + "Transfer-Encoding: chunked//3/abc/| breaks off",
                OK + "Transfer-Encoding: chunked//4/abc/| breaks off",
                OK + "Transfer-Encoding: chunked//2/abc/0//| malformed chunk",
                OK + "Transfer-Encoding: chunked//-1/abc/0//| malformed chunk",
                OK + "Transfer-Encoding: chunked//fffffff/abc| too long",
                OK + "Transfer-Encoding: chunked//10000/abc| breaks off",
                OK + "Transfer-Encoding: chunked//10001/abc| too long"
            })
    void readShouldRefuse(String text, String why) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining(why);
    }

    @Test
    void readShouldLimitHeadersAndInterimAnswers() {
        assertThatThrownBy(() -> read(OK + "X: " + "x".repeat(20_000)))
                .hasMessageContaining("headers of the policy host are too long");
        assertThatThrownBy(() -> read(OK + "X: x/".repeat(20_000)))
                .hasMessageContaining("headers of the policy host are too long");
        assertThatThrownBy(() -> read("HTTP/1.1 100 Continue//".repeat(9))).hasMessageContaining("interim answers");
    }

    @Property
    void readShouldThrowNothingButIOException(@ForAll byte[] head, @ForAll byte[] body) throws IOException {
        byte[] ok = (OK.replace("/", "\r\n").replace("HTTP\r\n", "HTTP/").replace('?', '/')
                        + "Transfer-Encoding: chunked\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(ok);
        all.write(head);
        all.write(body);
        try {
            assertThat(PolicyResponse.read(new ByteArrayInputStream(all.toByteArray())))
                    .hasSizeLessThanOrEqualTo(64 * 1024);
        } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
