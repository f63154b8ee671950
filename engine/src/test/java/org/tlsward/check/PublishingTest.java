/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishingTest {
    /** RFC 8460 §3. */
    @Test
    void contactShouldBeEncodedInTheRecord() {
        Publishing publishing = new Publishing("two.example", List.of(), 25, "a!b%c@two.example");

        assertThat(publishing.reportRecord().lines().get(0)).endsWith("rua=mailto:a%21b%25c@two.example\"");
    }
}
