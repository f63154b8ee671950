/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    @TempDir
    Path checkout;

    @Test
    void filesShouldGoWhereTheLayoutSays() throws Exception {
        write("cli/start");
        write("conf/a.xml");
        write("conf/deep/b.xml");
        write("conf/demo");

        var files = layout("x bin/start cli/start\n  conf conf\n? more more\n- conf/demo\n")
                .files(checkout);

        assertThat(files.keySet()).containsExactly("bin/start", "conf/a.xml", "conf/deep/b.xml");
        assertThat(files.get("bin/start").executable()).isTrue();
        assertThat(files.get("conf/a.xml").executable()).isFalse();
        assertThat(files.get("conf/a.xml").text()).isEqualTo("text of conf/a.xml");
    }

    @Test
    void allThatIsMissingShouldBeToldAtOnce() throws Exception {
        write("LICENSE");

        assertThatThrownBy(() -> layout("  LICENSE LICENSE\n  NOTICE NOTICE\n  docs docs\n")
                        .files(checkout))
                .isInstanceOf(UnfitForReleaseException.class)
                .hasMessageEndingWith("NOTICE, docs");
    }

    @Test
    void badLineShouldBeRefused() {
        assertThatThrownBy(() -> layout("! bin/start cli/start\n"))
                .hasMessageContaining("unsupported line \"! bin/start");
        assertThatThrownBy(() -> layout("  bin/start\n")).hasMessageContaining("unsupported line \"  bin/start\"");
    }

    private Layout layout(String text) throws Exception {
        return Layout.read(Files.writeString(checkout.resolve("layout.txt"), "# comment\n\n" + text));
    }

    private void write(String name) throws Exception {
        Files.createDirectories(checkout.resolve(name).getParent());
        Files.writeString(checkout.resolve(name), "text of " + name);
    }
}
