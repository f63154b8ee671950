/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JamesDirectoriesTest {
    private final JamesDirectories directories = JamesDirectories.below(Path.of("/james"));

    @Test
    void urlsShouldMeanWhatJamesMeans() {
        assertThat(directories.apply("file://conf/a/b.txt")).isEqualTo(Path.of("/james/conf/a/b.txt"));
        assertThat(directories.apply("file://var/evidence/")).isEqualTo(Path.of("/james/var/evidence"));
        assertThat(directories.apply("file:///etc/x")).isEqualTo(Path.of("/etc/x"));
        assertThat(directories.apply("file://other/x")).isEqualTo(Path.of("/james/other/x"));
    }

    @Test
    void otherUrlsShouldBeRefused() {
        assertThatThrownBy(() -> directories.apply("classpath:x")).isInstanceOf(IllegalArgumentException.class);
    }
}
