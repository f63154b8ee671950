/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {
    @ParameterizedTest
    @CsvSource({
        "münchen,xn--mnchen-3ya",
        "straße,xn--strae-oqa",
        "他们为什么不说中文,xn--ihqwcrb4cv8a8dqg056pqjye",
        "почемужеонинеговорятпорусски,xn--b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "-> $1.00 <-,xn---> $1.00 <--",
        "ü,xn--tda",
        "\ud83d\ude00a,xn--a-iv3s"
    })
    void encodeShouldFollowRfc3492(String text, String label) {
        assertThat(Punycode.encode(text)).isEqualTo(label);
        assertThat(Punycode.decode(label)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"klinik", "xn--ü", "xn--99999999", "xn--!", "xn--a-!", "xn--zzzzzzzzzzzz9"})
    void decodeShouldNotGuess(String label) {
        assertThat(Punycode.decode(label)).isEmpty();
    }

    @Test
    void encodeShouldRefuseWhatDoesNotFit() {
        String text = "a".repeat(4000) + Character.toString(Character.MAX_CODE_POINT);
        assertThatThrownBy(() -> Punycode.encode(text)).isInstanceOf(ArithmeticException.class);
        assertThat(DomainText.canonical(text.toUpperCase(java.util.Locale.ROOT) + ".example"))
                .isEqualTo(text + ".example");
    }
}
