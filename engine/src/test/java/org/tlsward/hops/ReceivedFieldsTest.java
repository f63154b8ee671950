/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedFieldsTest {
    @Test
    void receivedLinesShouldBeFoundFromTheTop() {
        assertThat(
                        ReceivedFields.in(
                                """

                        Return-Path: <b@fern.example>
                        Received: from a
                         by b
                        X-Received: by x
                        RECEIVED : from c
                        \tby d
                        Subject: Received: from e
                         Received: from f

                        Received: from the body
                        """))
                .containsExactly(" from a\n by b", " from c\n\tby d");
    }

    @Test
    void whatIsNoHeaderShouldHaveNone() {
        assertThat(ReceivedFields.in("")).isEmpty();
        assertThat(ReceivedFields.in(" folded\r\n\r\n\r\n: \r\nReceived")).isEmpty();
        assertThat(ReceivedFields.in("Received:")).containsExactly("");
    }
}
