/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.policy.Deadlines.Failure;
import org.tlsward.policy.Deadlines.Fate;
import org.tlsward.policy.Deadlines.Reject;
import org.tlsward.policy.Deadlines.TryAgain;
import org.tlsward.policy.Deadlines.Withhold;

/** DESIGN §5, "Time". */
class DeadlinesTest {
    private static final Instant START = Instant.parse("2027-01-04T08:00:00Z");
    private static final ClassRule URGENT =
            Fixtures.classOf("urgent", TlsLevel.ENCRYPT, Duration.ofMinutes(30), Duration.ofHours(1));
    private static final ClassRule MEDICAL = Fixtures.medical();
    private static final ClassRule GENERAL = Fixtures.general();

    /** "The shortest warnAfter and giveUpAfter of the contributing classes rules (general: 4h, 5d)." */
    @Test
    void shortestTimesOfTheClassesShouldRule() {
        assertThat(Deadlines.of(List.of(GENERAL)))
                .isEqualTo(new Deadlines(Duration.ofHours(4), Duration.ofDays(5), Duration.ofDays(5)));
        assertThat(Deadlines.of(List.of(GENERAL, MEDICAL)))
                .isEqualTo(new Deadlines(Duration.ofMinutes(15), Duration.ofHours(4), Duration.ofDays(5)));
        assertThat(Deadlines.of(List.of(URGENT, GENERAL, MEDICAL)))
                .isEqualTo(new Deadlines(Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(5)));
        assertThat(Deadlines.of(List.of())).isEqualTo(Deadlines.of(List.of(GENERAL)));
    }

    /** "giveUpAfter of a protected class counts failures of the requirement": another class's counts everything. */
    @Test
    void patienceOfAnUnprotectedClassShouldBeForEverything() {
        ClassRule brief = Fixtures.classOf("brief", TlsLevel.MAY, Duration.ofHours(1), Duration.ofDays(2));
        assertThat(Deadlines.of(List.of(brief)).giveUpOtherwise()).isEqualTo(Duration.ofDays(2));
        assertThat(Deadlines.of(List.of(brief, MEDICAL)).giveUpOtherwise()).isEqualTo(Duration.ofDays(5));
    }

    @ParameterizedTest
    @CsvSource({
        // Minutes since the start, how it failed, how the last attempt that reached a host did; what comes of it.
        // The sender is warned after 15 minutes.
        "1, REQUIREMENT, , again",
        "15, REQUIREMENT, , again warn",
        "239, REQUIREMENT, , again warn",
        // giveUpAfter of the protected class is over: 4 h.
        "240, REQUIREMENT, , withhold",
        "240, REQUIREMENT, OTHER, withhold",
        // Other deferrals keep five days.
        "240, OTHER, , again warn",
        "240, UNREACHED, REQUIREMENT, again warn",
        "7199, UNREACHED, REQUIREMENT, again warn",
        "7199, OTHER, REQUIREMENT, again warn",
        // Withheld if the last attempt that reached a host failed on the requirement, else Rejected.
        "7200, UNREACHED, REQUIREMENT, withhold",
        "7200, UNREACHED, OTHER, reject",
        "7200, UNREACHED, , reject",
        "7200, OTHER, REQUIREMENT, reject",
        "7200, OTHER, , reject"
    })
    void fateShouldFollowFromTimeAndFailure(long minutes, Failure latest, Failure earlier, String expected) {
        Fate fate = Deadlines.of(List.of(MEDICAL))
                .after(START, START.plus(Duration.ofMinutes(minutes)), latest, Optional.ofNullable(earlier));
        assertThat(words(fate)).isEqualTo(expected);
    }

    private static String words(Fate fate) {
        if (fate instanceof TryAgain again) {
            return again.warn() ? "again warn" : "again";
        }
        return fate instanceof Withhold ? "withhold" : fate instanceof Reject ? "reject" : "?";
    }

    @Test
    void willRetryUntilShouldBeTheTimeForThisKindOfFailure() {
        Deadlines deadlines = Deadlines.of(List.of(MEDICAL));
        Instant soon = START.plusSeconds(60);
        assertThat(deadlines.after(START, soon, Failure.REQUIREMENT, Optional.empty()))
                .isEqualTo(new TryAgain(false, START.plus(Duration.ofHours(4))));
        assertThat(deadlines.after(START, soon, Failure.OTHER, Optional.empty()))
                .isEqualTo(new TryAgain(false, START.plus(Duration.ofDays(5))));
    }

    /** "A release restarts the clock." */
    @Test
    void releaseShouldRestartTheClock() {
        Instant release = START.plus(Duration.ofDays(3));
        assertThat(Deadlines.clockStart(START, Optional.empty())).isEqualTo(START);
        assertThat(Deadlines.clockStart(START, Optional.of(release))).isEqualTo(release);
        assertThat(Deadlines.clockStart(release, Optional.of(START))).isEqualTo(release);
    }
}
