/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageBindingTest {
    private static final int MEGABYTE = 1 << 20;

    private static MessageBinding of(int padding, String subject) throws IOException {
        String line = "X-Padding: " + "x".repeat(989) + "\r\n";
        String mail = line.repeat(padding / 1000) + "Subject: " + subject + "\r\n\r\nThe finding.\r\n";
        return MessageBinding.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void everyFieldOfAHeaderShouldCountHoweverLateItStands() throws Exception {
        assertThat(of(MEGABYTE - 2000, "a")).isNotEqualTo(of(MEGABYTE - 2000, "b"));
    }

    /** Else a field beyond the limit could be changed and nobody would see it. */
    @Test
    void headerThatIsTooLongShouldNotBeBound() {
        assertThatThrownBy(() -> of(MEGABYTE + 2000, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the header is too long (expected: at most");
    }
}
