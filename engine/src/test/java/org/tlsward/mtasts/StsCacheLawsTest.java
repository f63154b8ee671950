/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.mtasts.StsWorld.DOMAIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.tlsward.mtasts.StsAnswer.Known;
import org.tlsward.mtasts.StsAnswer.LookupFailed;
import org.tlsward.mtasts.StsAnswer.None;
import org.tlsward.mtasts.StsAnswer.NotFetched;
import org.tlsward.mtasts.StsPolicy.Mode;

/**
 * Any sequence of events beside a model that says which policy was fetched last. The law: until its end that policy is the answer,
 * whatever fails; and no answer is better than what is known.
 */
class StsCacheLawsTest {
    private static final Duration LIFE = Duration.ofDays(3);

    private StsWorld world;
    private Path directory;
    private StsCache cache;
    private Optional<Fact> fetched;
    private int fetchesSeen;

    /** What the policy host has really given away. */
    private record Fact(Mode mode, Instant until) {}

    /** What may happen. */
    private enum Event {
        RECORD_1,
        RECORD_2,
        RECORD_GONE,
        RECORD_TWICE,
        DNS_FAILS,
        HOST_ENFORCES,
        HOST_TESTS,
        HOST_SAYS_NONE,
        HOST_FAILS,
        HOST_TALKS_NONSENSE,
        MINUTES_PASS,
        DAY_PASSES,
        TICK,
        BACKGROUND,
        RESTART,
        CROWD
    }

    @BeforeTry
    void begin() throws IOException {
        world = new StsWorld();
        directory = Files.createTempDirectory("sts");
        cache = world.open(directory, 5);
        fetched = Optional.empty();
        fetchesSeen = 0;
    }

    @AfterTry
    void clean() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.of(Event.class).list().ofMinSize(5).ofMaxSize(60);
    }

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void aPolicyShouldNeverBeLostBeforeItsEnd(@ForAll("events") List<Event> events) {
        for (Event event : events) {
            happen(event);
            learn();
            StsAnswer answer = cache.of(DOMAIN);
            learn();
            assertLaw(answer);
        }
    }

    private void happen(Event event) {
        switch (event) {
            case RECORD_1 -> world.publishes("1");
            case RECORD_2 -> world.publishes("2");
            case RECORD_GONE -> world.publishesNothing();
            case RECORD_TWICE -> world.publishesTwo();
            case DNS_FAILS -> world.dnsFails();
            case HOST_ENFORCES -> world.serves(Mode.ENFORCE, LIFE);
            case HOST_TESTS -> world.serves(Mode.TESTING, LIFE);
            case HOST_SAYS_NONE -> world.serves(Mode.NONE, LIFE);
            case HOST_FAILS -> world.hostFails();
            case HOST_TALKS_NONSENSE -> world.hosts.put(DOMAIN, StsPolicyText.parse("<html>"));
            case MINUTES_PASS -> world.clock.advance(Duration.ofMinutes(6));
            case DAY_PASSES -> world.clock.advance(Duration.ofDays(1));
            case TICK -> cache.tick();
            case BACKGROUND -> world.background();
            case RESTART -> cache = world.open(directory, 5);
            case CROWD -> Stream.of("a", "b", "c", "d", "e", "f").forEach(name -> cache.of(name + ".example"));
        }
    }

    /** The model sees what the policy host sees. */
    private void learn() {
        List<String> all = world.fetches;
        for (; fetchesSeen < all.size(); fetchesSeen++) {
            if (all.get(fetchesSeen).equals(DOMAIN) && world.hosts.get(DOMAIN) instanceof StsFetch.Fetched given) {
                fetched = Optional.of(new Fact(
                        given.policy().mode(),
                        world.clock.instant().plus(given.policy().maxAge())));
            }
        }
    }

    private void assertLaw(StsAnswer answer) {
        Optional<Fact> inForce = fetched.filter(fact -> world.clock.instant().isBefore(fact.until()));
        if (answer instanceof Known known) {
            assertThat(inForce).contains(new Fact(known.policy().mode(), known.until()));
        } else {
            assertThat(answer).isInstanceOfAny(None.class, NotFetched.class, LookupFailed.class);
            // only "none" may be thrown away to make room
            assertThat(inForce.filter(fact -> fact.mode() != Mode.NONE)).isEmpty();
        }
    }
}
