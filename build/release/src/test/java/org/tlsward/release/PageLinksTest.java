/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLinksTest {
    @TempDir
    Path checkout;

    @BeforeEach
    void source() throws Exception {
        Files.createDirectory(checkout.resolve("mailets"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a](../README.md)",
                "[a](other.md#part)",
                "[a](#part)",
                "[a](../conf)",
                "[a](../conf/)",
                "[a](https://james.apache.org/)",
                "[a](mailto:anna@klinik.example)",
                "code:\n```text\nlist[0](nothing)\n```\n"
            })
    void linksThatLeadSomewhereShouldStay(String text) {
        assertThat(mended(text)).isEqualTo(text);
    }

    @Test
    void linkToTheSourceShouldBecomeItsText() {
        assertThat(mended("see [`mailets`](../mailets), please")).isEqualTo("see `mailets`, please");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a](nowhere.md)", "[a](../con)", "[a](../conf/b.xml)"})
    void linkToNothingShouldBeRefused(String text) {
        assertThatThrownBy(() -> mended(text))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessageStartingWith("docs/page.md: the link to ");
    }

    private String mended(String text) {
        var files = new TreeMap<String, PackedFile>();
        files.put("README.md", PackedFile.of(""));
        files.put("conf/a.xml", PackedFile.of(""));
        files.put("docs/other.md", PackedFile.of(""));
        files.put("docs/page.md", PackedFile.of(text));
        new PageLinks(files, checkout).mend();
        return files.get("docs/page.md").text();
    }
}
