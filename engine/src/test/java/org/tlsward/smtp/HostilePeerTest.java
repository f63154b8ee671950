/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that stall, drip, flood and lie. The time limit of the class is for a limit of ours that does not work. */
@Timeout(60)
class HostilePeerTest extends SmtpTestBase {
    private static final String EHLO = "S: 220 hi\nC: EHLO *\nS: 250-mx\nS: 250 PIPELINING\n";

    @ParameterizedTest
    @ValueSource(strings = {"STALL", "DRIP 2", "S: 220-a\nFLUSH\nDRIP 220-b", "INJECT 220 no line end\nSTALL"})
    void greetingThatNeverEndsShouldTimeOut(String script) {
        times = SHORT;
        serve(script);
        assertThat(failureOf(this::open)).isEqualTo(new Failure.TimedOut(Step.GREETING));
    }

    @ParameterizedTest
    @CsvSource({
        "FLOOD 220-more, GREETING",
        "S: 220 hi\\nC: EHLO *\\nFLOOD 250-more, EHLO",
        "S: HTTP/1.1 400 Bad Request, GREETING",
        "S: 220-a\\nS: 221 b, GREETING",
    })
    void repliesWithoutEndOrSenseShouldBeViolations(String script, Step step) {
        times = StepTimes.uniform(Duration.ofSeconds(30), Duration.ofSeconds(30));
        serve(script.replace("\\n", "\n") + "\nSTALL");
        assertThat(failureOf(this::open)).isInstanceOf(Failure.Violation.class);
        assertThat(failureOf(this::open).step()).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"554 5.7.1 go away, GREETING", "421 4.3.2 busy, GREETING", "250 hello, GREETING"})
    void greetingThatRefusesShouldBeTold(String greeting, Step step) {
        serve("S: " + greeting + "\nSTALL");
        assertThat(failureOf(this::open)).isInstanceOf(Failure.Refused.class).satisfies(failure -> {
            assertThat(failure.step()).isEqualTo(step);
            assertThat(failure.reply()).map(Reply::toString).contains(greeting);
        });
    }

    @Test
    void heloShouldBeForPeersOfOpportunityOnly() throws SmtpException {
        serve("S: 220 hi\nON EHLO* => 502 what\nSERVE");
        open(true);
        assertThat(onlyAnswer(send(TestMessage.PLAIN))).isInstanceOf(Answer.Accepted.class);
        assertThat(server.connections().get(0).commands()).contains("HELO client.example");
        open(false);
        connection.quit();
        assertThat(server.ended(1).commands()).doesNotContain("HELO client.example");
    }

    @Test
    void nobodyListeningShouldBeUnreachable() {
        serve("S: 220 hi");
        server.close();
        assertThat(failureOf(this::open)).isInstanceOf(Failure.Unreachable.class);
    }

    @Test
    void lineWithoutEndShouldBeAViolation() {
        serve("INJECT 220 " + "x".repeat(3000) + "\nSTALL");
        assertThat(failureOf(this::open)).isInstanceOf(Failure.Violation.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverThatDoesNotReadTheMessageShouldTimeOut(boolean tls) throws SmtpException {
        String inClear = "S: 220 hi\nC: EHLO *\nS: 250 mx\n";
        String inTls = inClear + "C: STARTTLS\nS: 220 go\nTLS good\nC: EHLO *\nS: 250 mx\n";
        serve((tls ? inTls : inClear) + "C: MAIL*\nS: 250 a\nC: RCPT*\nS: 250 b\nC: DATA\nS: 354 c\nFLUSH\nHOLD");
        times = SHORT_BODY;
        if (tls) {
            openTls();
        } else {
            open();
        }
        TransactionResult result = send(TestMessage.of("x\r\n".repeat(10_000_000)));
        assertThat(result.failure()).contains(new Failure.TimedOut(Step.BODY));
        assertThat(result.isSafeToRepeat()).isTrue();
    }

    @Test
    void totalShouldEndWhatNoStepEnds() throws SmtpException {
        // Each reply comes in time, but there are many.
        serve(EHLO + "C: MAIL*\nS: 250 ok\nFLUSH\nSTALL");
        Duration forEver = Duration.ofDays(1);
        times = new StepTimes(forEver, forEver, forEver, forEver, forEver, forEver, forEver, Duration.ofMillis(700));
        open();
        TransactionResult result = send(TestMessage.PLAIN);
        assertThat(result.failure()).contains(new Failure.TimedOut(Step.RCPT));
    }

    @Test
    void lastWordsOfAServerShouldBeHeard() throws SmtpException {
        serve(EHLO
                + "C: MAIL*\nC: RCPT*\nC: DATA\nS: 250 a\nS: 250 b\nS: 354 c\nREAD 1000\nS: 552 5.3.4 too big\nCLOSE");
        open();
        TransactionResult result = send(TestMessage.of("x\r\n".repeat(10_000_000)));
        assertThat(onlyAnswer(result)).isInstanceOf(Answer.Refused.class);
        assertThat(onlyAnswer(result).reply()).map(Reply::code).contains(552);
    }

    @Test
    void acceptanceInTheMiddleOfTheMessageShouldNotCount() throws SmtpException {
        serve(EHLO + "C: MAIL*\nC: RCPT*\nC: DATA\nS: 250 a\nS: 250 b\nS: 354 c\nREAD 1000\nS: 250 2.0.0 taken\nCLOSE");
        open();
        TransactionResult result = send(TestMessage.of("x\r\n".repeat(10_000_000)));
        assertThat(onlyAnswer(result)).isInstanceOf(Answer.Unanswered.class);
    }
}
