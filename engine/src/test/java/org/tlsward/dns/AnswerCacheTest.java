/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.testing.SettableClock;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class AnswerCacheTest {
    private static final Question QUESTION = new Question(Name.fromConstantString("a.example."), Type.MX);

    private final SettableClock clock = new SettableClock("2027-01-01T00:00:00Z");
    private final List<CompletableFuture<Finding>> asked = new ArrayList<>();
    private final AnswerCache cache = new AnswerCache(
            question -> {
                CompletableFuture<Finding> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            },
            clock,
            3);

    private static Finding finding(Security security, long seconds) {
        return new Finding(new Absent<>(true, security), Duration.ofSeconds(seconds));
    }

    /** Without waiting. */
    private void ask(Question question) {
        assertThat(cache.find(question)).isNotNull();
    }

    private static Question question(int number) {
        return new Question(Name.fromConstantString("n" + number + ".example."), Type.MX);
    }

    @Test
    void equalQuestionsAtOnceShouldBeAskedOnce() {
        CompletableFuture<Finding> one = cache.find(QUESTION);
        CompletableFuture<Finding> other = cache.find(new Question(Name.fromConstantString("A.EXAMPLE."), Type.MX));
        assertThat(asked).hasSize(1);
        asked.get(0).complete(finding(Security.SECURE, 60));
        assertThat(one.join()).isEqualTo(other.join()).isEqualTo(finding(Security.SECURE, 60));
    }

    @Test
    void otherTypeShouldBeAnotherQuestion() {
        ask(QUESTION);
        ask(new Question(QUESTION.name(), Type.A));
        assertThat(asked).hasSize(2);
    }

    @Test
    void whoeverGivesUpShouldNotTakeTheAnswerFromOthers() {
        CompletableFuture<Finding> impatient = cache.find(QUESTION);
        CompletableFuture<Finding> patient = cache.find(QUESTION);
        impatient.cancel(true);
        asked.get(0).complete(finding(Security.SECURE, 60));
        assertThat(patient.join()).isEqualTo(finding(Security.SECURE, 60));
    }

    @Test
    void clockThatWasSetBackShouldEndTheAnswer() {
        ask(QUESTION);
        asked.get(0).complete(finding(Security.SECURE, 60));
        clock.advance(Duration.ofSeconds(-1));
        ask(QUESTION);
        assertThat(asked).hasSize(2);
    }

    @Property(tries = 200)
    void answerShouldLiveForItsTimeWithItsSecurity(
            @ForAll @IntRange(min = -5, max = 200_000) int ttl,
            @ForAll @IntRange(min = 0, max = 200_000) int later,
            @ForAll Security security) {
        AnswerCacheTest fresh = new AnswerCacheTest();
        fresh.ask(QUESTION);
        fresh.asked.get(0).complete(finding(security, ttl));
        fresh.clock.advance(Duration.ofSeconds(later));
        CompletableFuture<Finding> again = fresh.cache.find(QUESTION);
        int lives = Math.min(Math.max(ttl, 1), 86_400);
        assertThat(fresh.asked).hasSize(later < lives ? 1 : 2);
        assertThat(again.isDone()).isEqualTo(later < lives);
        if (again.isDone()) {
            assertThat(again.join()).isEqualTo(finding(security, ttl));
        }
    }

    @Property(tries = 100)
    void theLastThreeQuestionsShouldBeKeptAndNoMore(@ForAll List<@IntRange(min = 0, max = 6) Integer> numbers) {
        AnswerCacheTest fresh = new AnswerCacheTest();
        List<Integer> kept = new ArrayList<>();
        int expected = 0;
        for (int number : numbers) {
            fresh.ask(question(number));
            if (!kept.remove((Integer) number)) {
                expected++;
                fresh.asked.get(fresh.asked.size() - 1).complete(finding(Security.SECURE, 60));
            }
            kept.add(number);
            if (kept.size() > 3) {
                kept.remove(0);
            }
            assertThat(fresh.asked).hasSize(expected);
        }
    }
}
