/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.Outcome;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;

class SettledTest {
    private static final Instant START = Instant.parse("2027-03-01T12:00:00Z");
    private static final RetryState STATE = RetryState.first("mail", START);

    private static Settled after(Outcome outcome, RetryState state, Duration time) throws Exception {
        return Settled.of(SettlementTest.addressee("a@fern.example"), outcome, state, START.plus(time));
    }

    private static Outcome deferred(Failure kind) {
        return new Outcome.Deferred("4.2.0", "later", Optional.empty(), kind, false, Circumstances.NO_HOST);
    }

    @Test
    void anythingTemporaryShouldBeTriedAgainAndTheSenderWarnedInTime() throws Exception {
        Settled soon = after(deferred(Failure.OTHER), STATE, Duration.ofHours(3));
        Settled later = after(SettlementTest.unmet(Reason.TLS_NOT_OFFERED), STATE, Duration.ofHours(4));

        assertThat(soon.fate()).isEqualTo(SettledFate.TRY_AGAIN);
        assertThat(soon.warn()).isFalse();
        assertThat(later.fate()).isEqualTo(SettledFate.TRY_AGAIN);
        assertThat(later.warn()).isTrue();
        assertThat(later.giveUpAt()).contains(START.plus(Duration.ofDays(5)));
    }

    @Test
    void atTheEndTheLastHostThatWasReachedShouldDecide() throws Exception {
        RetryState refusedBefore = STATE.afterFailure(Failure.REQUIREMENT, false);
        Duration end = Duration.ofDays(5);

        assertThat(after(SettlementTest.unmet(Reason.TLS_NOT_OFFERED), STATE, end)
                        .fate())
                .isEqualTo(SettledFate.WITHHELD);
        assertThat(after(deferred(Failure.UNREACHED), refusedBefore, end).fate())
                .isEqualTo(SettledFate.WITHHELD);
        assertThat(after(deferred(Failure.UNREACHED), STATE, end).fate()).isEqualTo(SettledFate.REJECTED);
        assertThat(after(deferred(Failure.OTHER), refusedBefore, end).fate()).isEqualTo(SettledFate.REJECTED);
    }

    @Test
    void whatIsFinalShouldBeFinalAtOnce() throws Exception {
        Outcome rejected = new Outcome.Rejected("5.1.1", 550, "nobody", Optional.empty(), Circumstances.NO_HOST);
        Outcome never = new Outcome.Unmet(
                new Decision.Refuse(
                        Requirement.UNSATISFIABLE,
                        List.of(new Decision.Unmet(Reason.NEVER_BY_MAIL, "seen", List.of())),
                        Decision.Persistence.FINAL,
                        "5.7.1",
                        List.of()),
                Optional.empty(),
                Circumstances.NO_HOST);

        assertThat(after(rejected, STATE, Duration.ZERO).fate()).isEqualTo(SettledFate.REJECTED);
        assertThat(after(never, STATE, Duration.ZERO).fate()).isEqualTo(SettledFate.WITHHELD);
    }

    @Test
    void anObstacleOfOursShouldWaitAndEndAsWithheld() throws Exception {
        Outcome outcome = Obstructed.report(List.of(SettlementTest.addressee("a@fern.example")), "no key")
                .recipients()
                .get(0)
                .outcome();

        assertThat(outcome.status()).isEqualTo("4.3.5");
        assertThat(after(outcome, STATE, Duration.ZERO).fate()).isEqualTo(SettledFate.TRY_AGAIN);
        Settled end = after(outcome, STATE, Duration.ofDays(5));
        assertThat(end.fate()).isEqualTo(SettledFate.WITHHELD);
        assertThat(OutcomeRecords.reason(end)).contains(Reason.CONFIGURATION_ERROR);
        assertThat(OutcomeRecords.note(end).status()).isEqualTo("5.3.5");
        assertThat(OutcomeRecords.note(end).seen()).isEqualTo("no key");
    }
}
