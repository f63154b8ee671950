/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentReferencesTest {
    private final EnvironmentReferences references = new EnvironmentReferences(
            name -> Optional.ofNullable(Map.of("A", "x", "B", "${env:A}$1").get(name)));

    @Test
    void variablesShouldBeReplacedOnce() {
        assertThat(references.resolve("1${env:A}2${env:A}3")).isEqualTo("1x2x3");
        assertThat(references.resolve("${env:B}")).isEqualTo("${env:A}$1");
        assertThat(references.resolve("a $ and a { and }")).isEqualTo("a $ and a { and }");
    }

    @Test
    void twoDollarsShouldStandForOne() {
        assertThat(references.resolve("$${env:A}")).isEqualTo("${env:A}");
        assertThat(references.resolve("$${")).isEqualTo("${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${sys:user.home}",
                "${file:UTF-8:/etc/hostname}",
                "${script:javascript:1+1}",
                "${dns:address|localhost}",
                "${url:UTF-8:http://localhost/}",
                "${const:java.awt.event.KeyEvent.VK_A}",
                "${classes.default}",
                "${ENV:A}",
                "${env:A",
                "${}"
            })
    void everythingElseShouldBeRefused(String reference) {
        assertThatThrownBy(() -> references.resolve("a" + reference))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unsupported reference \"" + reference + "\" (expected: ${env:NAME}; $${ stands for ${)");
    }

    @Test
    void unknownVariableShouldBeRefused() {
        assertThatThrownBy(() -> references.resolve("${env:C}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the environment has no variable \"C\"");
    }
}
