/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageWriterTest {

    private static String written(String message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MessageWriter writer = new MessageWriter((octets, offset, length, step) -> out.write(octets, offset, length));
        writer.write(TestMessage.of(message));
        writer.end();
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static String visible(String octets) {
        return octets.replace("\r", "\\r").replace("\n", "\\n");
    }

    private static String octets(String visible) {
        return visible.replace("\\r", "\r").replace("\\n", "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a\\r\\n, a\\r\\n.\\r\\n",
        "a, a\\r\\n.\\r\\n",
        "a\\n, a\\r\\n.\\r\\n",
        "a\\r, a\\r\\n.\\r\\n",
        "a\\nb\\rc, a\\r\\nb\\r\\nc\\r\\n.\\r\\n",
        "a\\r\\r\\nb, a\\r\\n\\r\\nb\\r\\n.\\r\\n",
        "a\\n\\rb, a\\r\\n\\r\\nb\\r\\n.\\r\\n",
        ".a, ..a\\r\\n.\\r\\n",
        "a\\r\\n.\\r\\nb, a\\r\\n..\\r\\nb\\r\\n.\\r\\n",
        "a\\n.\\nMAIL, a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n",
        "a\\n.\\r\\nMAIL, a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n",
        "a\\r.\\rMAIL, a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n",
        "a\\r\\n.\\rMAIL, a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n",
        "a\\r.\\r\\nMAIL, a\\r\\n..\\r\\nMAIL\\r\\n.\\r\\n",
        "'', .\\r\\n",
    })
    void writeShouldNormaliseLineEndsAndDoubleDots(String message, String expected) throws Exception {
        assertThat(visible(written(octets(message)))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> nasty() {
        Arbitrary<String> piece = Arbitraries.of("\r", "\n", "\r\n", ".", "a", "\r\n.\r\n", "\u00e9", "\0");
        return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Property
    void outputShouldHaveOneEndOnly(@ForAll("nasty") String message) throws Exception {
        String out = written(message);
        String all = "\r\n" + out; // the line end of the DATA command comes before
        assertThat(all.indexOf("\r\n.\r\n")).isEqualTo(all.length() - 5);
        assertThat(out.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    @Property
    void undoneOutputShouldBeTheMessage(@ForAll("nasty") String message) throws Exception {
        String out = written(message);
        String body = out.substring(0, out.length() - 3);
        String undone = ("\n" + body.replace("\r\n", "\n")).replace("\n.", "\n").substring(1);
        String normal = message.replace("\r\n", "\n").replace("\r", "\n");
        String expected = normal.isEmpty() || normal.endsWith("\n") ? normal : normal + "\n";
        assertThat(undone).isEqualTo(expected);
    }

    @Property(tries = 20)
    void blocksShouldNotMatter(@ForAll("nasty") String message) throws Exception {
        for (int shift : List.of(8190, 8191, 8192, 8193)) {
            String padded = "x".repeat(shift) + message;
            assertThat(written(padded).replaceFirst("x{" + shift + "}", "x")).isEqualTo(written("x" + message));
        }
    }
}
