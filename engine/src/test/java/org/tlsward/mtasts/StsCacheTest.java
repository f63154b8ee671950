/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.mtasts.StsWorld.DOMAIN;
import static org.tlsward.mtasts.StsWorld.START;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.mtasts.StsAnswer.Known;
import org.tlsward.mtasts.StsAnswer.LookupFailed;
import org.tlsward.mtasts.StsAnswer.None;
import org.tlsward.mtasts.StsAnswer.NotFetched;
import org.tlsward.mtasts.StsPolicy.Mode;

class StsCacheTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PAST_CHECK = Duration.ofMinutes(6);

    private final StsWorld world = new StsWorld();
    private StsCache cache;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        cache = world.open(directory);
    }

    private Mode mode() {
        return ((Known) cache.of(DOMAIN)).policy().mode();
    }

    private void enforces() {
        world.publishes("1");
        world.serves(Mode.ENFORCE, WEEK);
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
    }

    /** Lets the record be looked at again. */
    private void lookAgain() {
        world.clock.advance(PAST_CHECK);
        cache.of(DOMAIN);
        world.background();
    }

    @Test
    void aDomainWithoutRecordShouldHaveNone() {
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());
        assertThat(world.fetches).isEmpty();
        assertThat(world.dns.questions()).containsExactly("TXT _mta-sts.clinic.example");
    }

    @Test
    void whatIsNoNameShouldHaveNone() {
        for (String name :
                List.of("", "[192.0.2.1]", "a b", "x".repeat(64) + ".example", "a.".repeat(122) + "example")) {
            assertThat(cache.of(name)).isEqualTo(new None());
        }
        assertThat(world.dns.questions()).isEmpty();
    }

    @Test
    void aPolicyShouldBeFetchedOnce() {
        enforces();

        assertThat(cache.of("Clinic.Example.")).isEqualTo(cache.of(DOMAIN));
        assertThat(cache.of(DOMAIN)).isInstanceOfSatisfying(Known.class, known -> {
            assertThat(known.id()).isEqualTo("1");
            assertThat(known.until()).isEqualTo(START.plus(WEEK)); // from the fetch
        });
        assertThat(world.background()).isZero();
        assertThat(world.fetches).containsExactly(DOMAIN);
    }

    /** RFC 8461 §3: exactly the domain. */
    @Test
    void aPolicyShouldNotReachSubdomains() {
        enforces();

        assertThat(cache.of("sub." + DOMAIN)).isEqualTo(new None());
        assertThat(cache.of("example")).isEqualTo(new None());
    }

    @Test
    void absenceShouldBeRememberedForMinutes() {
        cache.of(DOMAIN);
        world.publishes("1");
        world.serves(Mode.ENFORCE, WEEK);
        world.clock.advance(Duration.ofMinutes(4));
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());

        world.clock.advance(MINUTE);
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
    }

    /** RULES §3: a slow policy host must not stall the queue. */
    @Test
    void aFailedFirstFetchShouldBeRememberedForMinutes() {
        world.publishes("1");

        assertThat(cache.of(DOMAIN)).isEqualTo(new NotFetched("sts-policy-fetch-error", "connection refused"));
        world.clock.advance(Duration.ofMinutes(4));
        assertThat(cache.of(DOMAIN)).isInstanceOf(NotFetched.class);
        assertThat(world.fetches).hasSize(1);

        world.serves(Mode.ENFORCE, WEEK);
        world.clock.advance(MINUTE);
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
    }

    /** RULES §1: an error is never absence. */
    @Test
    void aFailedLookUpShouldSayThatNobodyKnows() {
        world.dnsFails();
        assertThat(cache.of(DOMAIN)).isInstanceOfSatisfying(LookupFailed.class, failed -> assertThat(failed.why())
                .contains("_mta-sts.clinic.example", "no answer in time"));
        cache.of(DOMAIN);
        assertThat(world.dns.questions()).hasSize(1);

        world.publishesNothing();
        world.clock.advance(MINUTE);
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());
    }

    @Test
    void aBrokenRecordShouldBeNone() {
        world.publishesTwo();
        world.serves(Mode.ENFORCE, WEEK);
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());
        assertThat(world.fetches).isEmpty();
    }

    @Test
    void aNewIdShouldBringTheNewPolicy() {
        enforces();
        world.publishes("2");
        world.serves(Mode.TESTING, WEEK);

        lookAgain();
        assertThat(mode()).isEqualTo(Mode.TESTING);
        assertThat(((Known) cache.of(DOMAIN)).id()).isEqualTo("2");
    }

    @Test
    void theSameIdShouldNotBeFetchedAgain() {
        enforces();
        lookAgain();
        lookAgain();

        assertThat(world.fetches).hasSize(1);
        assertThat(world.dns.questions()).hasSize(3);
    }

    /** RFC 8461 §3.1, §3.3: nothing of this ends a policy. */
    @Test
    void aPolicyShouldOutliveFailures() {
        enforces();
        world.publishesNothing();
        lookAgain();
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        world.dnsFails();
        lookAgain();
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        world.publishesTwo();
        lookAgain();
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        world.publishes("2");
        world.hostFails();
        lookAgain();
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(world.fetches).hasSize(2);
        assertThat(cache.remembered()).singleElement().satisfies(remembered -> assertThat(remembered.setback())
                .hasValueSatisfying(setback -> assertThat(setback.why()).isEqualTo("connection refused")));
    }

    @Test
    void aPolicyShouldEndWhenItsTimeIsOver() {
        enforces();
        world.publishesNothing();
        world.clock.advance(WEEK.minusSeconds(1));
        assertThat(mode()).isEqualTo(Mode.ENFORCE);

        world.clock.advance(Duration.ofSeconds(1));
        assertThat(cache.of(DOMAIN)).isEqualTo(new None());
        assertThat(cache.remembered()).isEmpty();
    }

    @Test
    void anExpiredPolicyShouldNotHideThatNobodyKnows() {
        enforces();
        world.clock.advance(WEEK);
        world.dnsFails();
        assertThat(cache.of(DOMAIN)).isInstanceOf(LookupFailed.class);

        world.publishes("1");
        world.hostFails();
        world.clock.advance(MINUTE);
        assertThat(cache.of(DOMAIN)).isInstanceOf(NotFetched.class);
    }

    @Test
    void noneShouldReplaceAtOnceAndForGood() {
        enforces();
        world.publishes("2");
        world.serves(Mode.NONE, WEEK);
        lookAgain();
        assertThat(mode()).isEqualTo(Mode.NONE);

        cache = world.open(directory);
        assertThat(mode()).isEqualTo(Mode.NONE);
    }

    @Test
    void maxAgeOfZeroShouldCountForTheMailsOfSomeMinutes() {
        world.publishes("1");
        world.serves(Mode.ENFORCE, Duration.ZERO);

        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(world.fetches).hasSize(1);

        world.clock.advance(PAST_CHECK);
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(world.fetches).hasSize(2); // nothing else is remembered
    }

    /** RFC 8461 §5.1: no mail fails for good by a policy that was replaced. */
    @Test
    void mailShouldBeJudgedByTheLatestPolicy() {
        enforces();
        world.publishes("2");
        world.serves(Mode.TESTING, WEEK);
        assertThat(((Known) cache.latest(DOMAIN)).policy().mode()).isEqualTo(Mode.ENFORCE); // looked at just now

        world.clock.advance(PAST_CHECK);
        assertThat(((Known) cache.latest(DOMAIN)).policy().mode()).isEqualTo(Mode.TESTING);
        assertThat(world.fetches).hasSize(2);
    }

    @Test
    void theLatestPolicyShouldBeTheOldOneWhereNothingCanBeFoundOut() {
        enforces();
        world.publishes("2");
        world.hostFails();
        world.clock.advance(PAST_CHECK);
        assertThat(((Known) cache.latest(DOMAIN)).policy().mode()).isEqualTo(Mode.ENFORCE);

        world.dnsFails();
        world.clock.advance(PAST_CHECK);
        assertThat(((Known) cache.latest(DOMAIN)).policy().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(world.fetches).hasSize(2);
    }

    /** RFC 8461 §10.2: who answers for DNS alone must not make a policy end. */
    @Test
    void aPolicyShouldBeRenewedWithoutItsRecord() {
        enforces();
        world.publishesNothing();
        for (int day = 0; day < 20; day++) {
            world.clock.advance(Duration.ofDays(1));
            cache.tick();
            world.background();
            assertThat(mode()).isEqualTo(Mode.ENFORCE);
        }
    }

    /** RFC 8461 §10.2. */
    @Test
    void aPolicyShouldBeRenewedLongBeforeItsEnd() {
        enforces();
        world.clock.advance(Duration.ofHours(17));
        cache.tick();
        assertThat(world.background()).isZero();

        world.clock.advance(Duration.ofHours(7));
        cache.tick();
        assertThat(world.background()).isEqualTo(1);
        assertThat(((Known) cache.of(DOMAIN)).until())
                .isEqualTo(START.plus(WEEK).plus(Duration.ofDays(1)));
        assertThat(world.fetches).hasSize(2);
    }

    @Test
    void aShortPolicyShouldBeRenewedAtHalfOfItsLife() {
        world.publishes("1");
        world.serves(Mode.ENFORCE, Duration.ofHours(2));
        cache.of(DOMAIN);
        world.clock.advance(Duration.ofHours(1));
        cache.tick();
        world.background();

        assertThat(world.fetches).hasSize(2);
    }

    /** Trouble with DNS alone must not make a policy end. */
    @Test
    void aPolicyShouldBeRenewedWithoutDns() {
        enforces();
        world.dnsFails();
        for (int day = 0; day < 20; day++) {
            world.clock.advance(Duration.ofDays(1));
            cache.tick();
            world.background();
            assertThat(mode()).isEqualTo(Mode.ENFORCE);
        }
    }

    @Test
    void aFailedRenewalShouldBeTriedAgainWithinTheHour() {
        enforces();
        world.hostFails();
        world.clock.advance(Duration.ofDays(1));
        cache.tick();
        cache.tick();
        assertThat(world.background()).isEqualTo(1);
        cache.tick();
        assertThat(world.background()).isZero(); // not at once

        world.clock.advance(Duration.ofHours(1));
        cache.tick();
        assertThat(world.background()).isEqualTo(1);
    }

    @Test
    void whatNobodyAsksForShouldNotBeRenewed() {
        world.publishes("1");
        world.serves(Mode.ENFORCE, Duration.ofDays(365));
        cache.of(DOMAIN);
        world.clock.advance(Duration.ofDays(61));
        cache.tick();
        assertThat(world.background()).isZero();

        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        cache.tick();
        assertThat(world.background()).isPositive();
    }

    @Test
    void aClockThatWasWrongShouldCostNothing() {
        enforces();
        world.clock.advance(Duration.ofDays(20)); // past its end
        world.publishesNothing();
        cache.of(DOMAIN);
        cache.tick();
        world.clock.advance(Duration.ofDays(-20));
        assertThat(mode()).isEqualTo(Mode.ENFORCE);

        world.clock.advance(Duration.ofDays(-4000));
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        world.publishes("1");
        world.background();
        cache.tick(); // fetched in the future: renewed, so that it does not last for years
        world.background();
        assertThat(((Known) cache.of(DOMAIN)).until())
                .isEqualTo(START.minus(Duration.ofDays(4000)).plus(WEEK));
    }

    @Test
    void aClockThatIsSetBackShouldNotKeepAbsence() {
        cache.of(DOMAIN);
        world.publishes("1");
        world.serves(Mode.ENFORCE, WEEK);
        world.clock.advance(Duration.ofDays(-1));

        assertThat(mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void policiesShouldStayWhenRoomIsNeeded() {
        cache = world.open(directory, 20);
        enforces();
        IntStream.range(0, 200)
                .forEach(i -> assertThat(cache.of("d" + i + ".example")).isEqualTo(new None()));
        world.dnsFails();
        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(cache.problems()).isEmpty();
    }

    @Test
    void policiesWithoutRoomShouldCountAndBeTold() {
        cache = world.open(directory, 2);
        List<String> domains = List.of("a.example", "b.example", "c.example");
        domains.forEach(domain -> {
            world.publishes(domain, "1");
            world.serves(domain, Mode.ENFORCE, WEEK);
            assertThat(cache.of(domain)).isInstanceOf(Known.class);
        });

        assertThat(cache.of("c.example")).isInstanceOf(Known.class);
        assertThat(world.fetches).containsExactly("a.example", "b.example", "c.example", "c.example");
        assertThat(cache.remembered()).extracting(RememberedPolicy::domain).containsExactly("a.example", "b.example");
        assertThat(cache.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("no room"));
    }

    @Test
    void theEndOfAPolicyShouldBeToldWhileThereIsTime() {
        enforces();
        world.hostFails();
        world.publishes("2");
        lookAgain();
        assertThat(cache.problems()).isEmpty(); // there is time

        world.clock.advance(Duration.ofDays(6));
        assertThat(cache.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity().name()).isEqualTo("DEGRADED");
            assertThat(problem.message())
                    .contains(
                            DOMAIN,
                            "since " + START.plus(PAST_CHECK),
                            "ends at " + START.plus(WEEK),
                            "connection refused");
        });
        world.serves(Mode.ENFORCE, WEEK);
        lookAgain();
        assertThat(cache.problems()).isEmpty();
    }

    @Test
    void failuresOfNoneShouldConcernNobody() {
        world.publishes("1");
        world.serves(Mode.NONE, WEEK);
        cache.of(DOMAIN);
        world.publishesNothing();
        lookAgain();
        world.clock.advance(Duration.ofDays(6));

        assertThat(cache.problems()).isEmpty();
        assertThat(cache.remembered()).singleElement().satisfies(remembered -> assertThat(remembered.setback())
                .isEmpty());
    }

    @Test
    void closingShouldEndBackgroundWork() {
        enforces();
        cache.close();
        lookAgain();

        assertThat(mode()).isEqualTo(Mode.ENFORCE);
        assertThat(world.dns.questions()).hasSize(1);
    }
}
