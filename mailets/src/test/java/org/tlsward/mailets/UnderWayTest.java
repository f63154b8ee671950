/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.junit.jupiter.api.Test;

class UnderWayTest {
    private final UnderWay underWay = new UnderWay();
    private final AtomicInteger copies = new AtomicInteger();

    @Test
    void whatSomebodyHasInHandShouldNotBeReplaced() throws Exception {
        assertThat(underWay.begin("mail")).isTrue();
        assertThat(underWay.replace("mail", copies::incrementAndGet)).isFalse();
        assertThat(copies).hasValue(0);

        underWay.end("mail");
        assertThat(underWay.replace("mail", copies::incrementAndGet)).isTrue();
        assertThat(copies).hasValue(1);
    }

    @Test
    void whatWasReplacedShouldNotBeginAndNotBeReplacedAgain() throws Exception {
        underWay.replace("mail", copies::incrementAndGet);
        assertThat(underWay.begin("mail")).isFalse();
        assertThat(underWay.replace("mail", copies::incrementAndGet)).isFalse();
        assertThat(copies).hasValue(1);
    }

    @Test
    void whatCouldNotBeReplacedShouldGoOn() {
        assertThatThrownBy(() -> underWay.replace("mail", () -> {
                    throw new MessagingException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(underWay.begin("mail")).isTrue();
    }
}
