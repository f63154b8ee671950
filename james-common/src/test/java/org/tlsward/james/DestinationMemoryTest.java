/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.james.DestinationMemory.Seen.CLEARTEXT;
import static org.tlsward.james.DestinationMemory.Seen.TLS;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DestinationMemoryTest {
    private Instant now = Instant.parse("2027-03-01T12:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final DestinationMemory memory = new DestinationMemory(clock, 2);

    @Test
    void nothingShouldBeKnownOfAStranger() {
        assertThat(memory.about("fern.example")).isEmpty();
    }

    @Test
    void theLatestShouldCount() {
        memory.learn("fern.example", CLEARTEXT);
        memory.learn("fern.example", TLS);

        assertThat(memory.about("fern.example")).contains(TLS);
    }

    @Test
    void theSpellingOfADomainShouldNotMatter() {
        memory.learn("INSEL.bücher.example", CLEARTEXT);

        assertThat(memory.about("insel.xn--bcher-kva.example")).contains(CLEARTEXT);
        assertThat(memory.about("[192.0.2.7]")).isEmpty();
    }

    @Test
    void whatIsADayOldShouldBeForgotten() {
        memory.learn("fern.example", CLEARTEXT);
        now = now.plus(Duration.ofHours(24)).minusSeconds(1);
        assertThat(memory.about("fern.example")).contains(CLEARTEXT);

        now = now.plusSeconds(1);
        assertThat(memory.about("fern.example")).isEmpty();
    }

    @Test
    void theOldestShouldMakeRoom() {
        memory.learn("a.example", CLEARTEXT);
        memory.learn("b.example", CLEARTEXT);
        memory.learn("a.example", CLEARTEXT);
        memory.learn("c.example", CLEARTEXT);

        assertThat(memory.about("b.example")).isEmpty();
        assertThat(memory.about("a.example")).contains(CLEARTEXT);
        assertThat(memory.about("c.example")).contains(CLEARTEXT);
    }
}
