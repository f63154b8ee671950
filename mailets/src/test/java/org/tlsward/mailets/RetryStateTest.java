/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.Deadlines.Failure;

class RetryStateTest {
    private static final Instant START = Instant.parse("2027-03-01T12:00:00.123Z");
    private static final Instant NOW = Instant.parse("2027-03-02T12:00:00Z");

    @Test
    void whatIsWrittenShouldBeRead() throws Exception {
        for (RetryState state : new RetryState[] {
            RetryState.first("mail-0", START),
            new RetryState("with blanks in it", START, 7, true, Optional.of(Failure.REQUIREMENT))
        }) {
            MailImpl mail = FakeServer.mail("another", "a@fern.example");
            state.write(mail);
            assertThat(RetryState.of(mail, NOW)).isEqualTo(state);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1 yesterday 0 false - mail",
                "v1 2027-03-01T12:00:00Z many false - mail",
                "v1 2027-03-01T12:00:00Z 0 false SOMEHOW mail",
                "v1 2027-03-01T12:00:00Z 0 false -",
                "v2 2027-03-01T12:00:00Z 0 false - mail"
            })
    void whatCannotBeReadShouldBeginAnew(String text) throws Exception {
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        mail.setAttribute(new Attribute(AttributeName.of("tlsward.retry"), AttributeValue.of(text)));
        assertThat(RetryState.of(mail, NOW)).isEqualTo(RetryState.first("mail", NOW));
    }

    @Test
    void clearedShouldBeginAnew() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "a@fern.example");
        RetryState.first("other", START).write(mail);
        RetryState.clear(mail);
        assertThat(RetryState.of(mail, NOW)).isEqualTo(RetryState.first("mail", NOW));
    }

    @Test
    void aHostThatWasNotReachedShouldNotHideWhatTheLastOneSaid() {
        RetryState once = RetryState.first("mail", START).afterFailure(Failure.REQUIREMENT, false);
        RetryState twice = once.afterFailure(Failure.UNREACHED, true);
        RetryState thrice = twice.afterFailure(Failure.OTHER, false);

        assertThat(twice.earlier()).contains(Failure.REQUIREMENT);
        assertThat(thrice.earlier()).contains(Failure.OTHER);
        assertThat(thrice.tries()).isEqualTo(3);
        assertThat(thrice.warned()).isTrue();
    }

    @Test
    void copiesOfCopiesShouldHaveNamesOfTheirOwn() {
        RetryState state = RetryState.first("mail-0", START);
        String one = state.nameOfCopy("mail-0", "-0");
        String other = state.nameOfCopy("mail-0", "-1");
        RetryState next = state.afterFailure(Failure.OTHER, false);

        assertThat(next.nameOfCopy(one, "-withheld-0")).isNotEqualTo(next.nameOfCopy(other, "-withheld-0"));
        assertThat(state.nameOfCopy("mail-0", "-0")).as("a repeated attempt").isEqualTo(one);
    }

    @Test
    void namesShouldNotGrow() {
        String name = "Mail1234567890123-01234567-89ab-cdef-0123-456789abcdef";
        for (int release = 0; release < 20; release++) {
            String base = RetryState.baseOf(name) + "-0";
            name = base;
            RetryState state = RetryState.first(base, START);
            for (int tries = 0; tries < 100; tries++) {
                state = state.afterFailure(Failure.OTHER, false);
                name = state.nameOfCopy(name, "-12.withheld-0");
            }
            // Doubled and with the 27 letters that the file repository adds it must be a file name.
            assertThat(name).hasSizeLessThanOrEqualTo((255 - 27) / 2);
        }
    }

    @Test
    void longNamesShouldBeToldApartWhenTheyAreCut() {
        assertThat(RetryState.baseOf("x".repeat(64))).isEqualTo("x".repeat(64));
        assertThat(RetryState.baseOf("x".repeat(65) + "a"))
                .hasSize(64)
                .isNotEqualTo(RetryState.baseOf("x".repeat(65) + "b"));
    }

    @Test
    void copiesInTheQueueShouldShareANameOnlyIfTheyAreForTheSame() throws Exception {
        RetryState state = RetryState.first("mail", Instant.EPOCH);
        RetryState later = RetryState.first("mail", Instant.EPOCH.plusSeconds(1));
        MailAddress a = new MailAddress("a@fern.example");
        MailAddress b = new MailAddress("b@fern.example");

        String name = state.nameOfQueued("mail", "-0", List.of(a, b));
        assertThat(later.nameOfQueued("mail", "-0", List.of(b, a)))
                .as("what a crash repeats")
                .isEqualTo(name);
        assertThat(state.nameOfQueued("mail", "-0", List.of(a))).isNotEqualTo(name);
    }
}
