/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tlsward.evidence.SignedText.Purpose;

class SignedTextTest {
    private final SigningKey key = SigningKey.generate();

    @Test
    void whatIsSignedForOnePurposeShouldNotPassForAnother() {
        String line = signed(Purpose.CHECKPOINT, "{\"seq\":7");
        assertThat(SignedText.of(Purpose.CHECKPOINT, line).filter(key.publicHalf()::hasSigned))
                .isPresent();
        assertThat(SignedText.of(Purpose.HEAD, line).filter(key.publicHalf()::hasSigned))
                .isEmpty();
    }

    @Test
    void whatAnotherKeySignedShouldNotPass() {
        String line = signed(Purpose.HEAD, "{\"seq\":7");
        assertThat(SignedText.of(Purpose.HEAD, line)
                        .filter(SigningKey.generate().publicHalf()::hasSigned))
                .isEmpty();
    }

    @Test
    void aSignatureShouldHaveOneWayToBeWritten() {
        String line = signed(Purpose.HEAD, "{\"seq\":7");
        String signature = SignedText.of(Purpose.HEAD, line).orElseThrow().signature();
        assertThat(SignedText.of(Purpose.HEAD, line + " ")).isEmpty();
        assertThat(SignedText.of(Purpose.HEAD, line + "\n")).isEmpty();
        assertThat(SignedText.of(Purpose.HEAD, line.replace(signature, signature.toUpperCase(Locale.ROOT))))
                .isEmpty();
        assertThat(SignedText.of(Purpose.HEAD, "{\"seq\":7}")).isEmpty();
        assertThat(SignedText.of(Purpose.HEAD, "")).isEmpty();
    }

    private String signed(Purpose purpose, String text) {
        return text + SignedText.end(key.sign(purpose, text));
    }
}
