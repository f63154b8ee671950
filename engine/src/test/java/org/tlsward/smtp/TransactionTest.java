/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;

class TransactionTest extends SmtpTestBase {
    private static final String TLS = "S: 220 hi\nFEATURES STARTTLS\nIDENTITY good\n";

    private Answer.Refused refused(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return (Answer.Refused) answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PIPELINING", "SIZE"})
    void sendShouldDeliverInsideTls(String extension) throws SmtpException {
        serve(TLS + "TLSFEATURES " + extension + "\nSERVE");
        openTls();
        TransactionResult result = send(TestMessage.PLAIN);
        connection.quit();
        assertThat(onlyAnswer(result)).isInstanceOf(Answer.Accepted.class);
        assertThat(result.bytes().beforeHandshake()).isZero();
        PeerRecord record = server.only();
        assertNothingInClear(record);
        assertThat(record.messages()).containsExactly(TestMessage.PLAIN.content());
        String content = record.insideTls().replaceAll("(?s)^EHLO client.example\r\n|DATA\r\n|QUIT\r\n", "");
        assertThat(result.bytes().afterHandshake()).isEqualTo(content.length() + "DATA\r\n".length());
    }

    @Test
    void sendShouldCountWhatGoesInClear() throws SmtpException {
        serve("S: 220 hi\nSERVE");
        open(true);
        TransactionResult result = send(TestMessage.PLAIN);
        assertThat(result.bytes().afterHandshake()).isZero();
        assertThat(result.bytes().beforeHandshake()).isGreaterThan(TestMessage.PLAIN.size());
    }

    @Test
    void pipelinedCommandsShouldComeTogether() throws SmtpException {
        // The script answers nothing until all three commands have come.
        serve(
                """
                S: 220 hi
                C: EHLO *
                S: 250-mx
                S: 250 PIPELINING
                C: MAIL FROM:<a@one.example>
                C: RCPT TO:<b@two.example>
                C: DATA
                S: 250 1
                S: 250 2
                S: 354 3
                DATA
                S: 250 4
                C: QUIT
                S: 221 bye
                """);
        open();
        assertThat(onlyAnswer(send(TestMessage.PLAIN))).isInstanceOf(Answer.Accepted.class);
        connection.quit();
        assertThat(server.only().problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL*, 450 4.7.1 later, MAIL, false",
        "MAIL*, 550 5.7.1 no, MAIL, true",
        "RCPT*, 450 4.2.1 later, RCPT, false",
        "RCPT*, 550 5.1.1 no, RCPT, true",
        "RCPT*, 552 too many, RCPT, false",
        "RCPT*, 552 5.2.2 full, RCPT, true",
        "DATA, 451 4.3.0 later, DATA, false",
        "DATA, 554 5.6.0 no, DATA, true",
        "., 451 4.3.0 later, END_OF_DATA, false",
        "., 554 5.7.1 spam, END_OF_DATA, true",
        "., 354 what, END_OF_DATA, false",
    })
    void refusalShouldBeToldWithItsStep(String command, String reply, Step step, boolean permanent)
            throws SmtpException {
        for (String extension : List.of("PIPELINING", "SIZE")) {
            serve(TLS + "TLSFEATURES " + extension + "\nON " + command + " => " + reply + "\nSERVE");
            openTls();
            TransactionResult result = send(TestMessage.PLAIN);
            Answer.Refused answer = refused(onlyAnswer(result));
            assertThat(answer.step()).isEqualTo(step);
            assertThat(answer.answer()).hasToString(reply);
            assertThat(answer.isPermanent()).isEqualTo(permanent);
            connection.makeReady();
            assertThat(connection.isUsable()).isTrue();
            connection.quit();
            assertThat(String.join(" ", server.only().messages())).satisfies(content -> {
                if (step != Step.END_OF_DATA) {
                    assertThat(content).doesNotContain(TestMessage.MARK);
                }
            });
            server.close();
        }
    }

    @Test
    void closingReplyShouldEndTheConnectionAtEveryStep() throws SmtpException {
        for (String command : List.of("MAIL*", "RCPT*", "DATA", ".")) {
            serve(TLS + "ON " + command + " => 421 4.3.2 shutting down\nSERVE");
            openTls();
            TransactionResult result = send(TestMessage.PLAIN);
            assertThat(result.isSafeToRepeat()).as(command).isTrue();
            assertThat(connection.isUsable()).isFalse();
            assertThat(onlyAnswer(result).reply().map(Reply::code)).contains(421);
            server.close();
        }
    }

    @Test
    void someRecipientsShouldGetTheMessage() throws SmtpException {
        serve(TLS + "ON RCPT TO:<bad* => 550 5.1.1 unknown\nON RCPT TO:<full* => 452 4.2.2 full\nSERVE");
        openTls();
        Envelope envelope = Envelope.of(
                "a@one.example", List.of("bad@two.example", "good@two.example", "full@two.example", "no>@two.example"));
        TransactionResult result = connection.send(envelope, TestMessage.PLAIN);
        assertThat(result.recipients())
                .extracting(each -> each.answer().getClass().getSimpleName())
                .containsExactly("Refused", "Accepted", "Refused", "RefusedHere");
        connection.quit();
        assertThat(server.only().messages()).hasSize(1);
    }

    @Test
    void dataWithoutRecipientsShouldGetNoMessage() throws SmtpException {
        serve(TLS + "TLSFEATURES PIPELINING\nON RCPT* => 550 5.1.1 unknown\nSERVE");
        openTls();
        TransactionResult result = send(TestMessage.PLAIN);
        assertThat(refused(onlyAnswer(result)).step()).isEqualTo(Step.RCPT);
        connection.quit();
        assertThat(server.only().messages()).containsExactly("");
        assertThat(server.only().insideTls()).doesNotContain(TestMessage.MARK);
    }

    @Test
    void acknowledgementBeforeTheMessageShouldNotCount() throws SmtpException {
        serve(TLS + "TLSFEATURES PIPELINING\nON DATA => 354 go|250 2.0.0 taken\nSERVE");
        openTls();
        TransactionResult result = send(TestMessage.PLAIN);
        assertThat(onlyAnswer(result)).isInstanceOf(Answer.Unanswered.class);
        assertThat(result.failure()).containsInstanceOf(Failure.Violation.class);
    }

    @Test
    void serverThatTakesAndVanishesShouldLeaveDoubt() throws SmtpException {
        serve(TLS + "ON . => RESET\nSERVE", TLS + "ON . => CLOSE\nSERVE");
        for (int i = 0; i < 2; i++) {
            openTls();
            TransactionResult result = send(TestMessage.PLAIN);
            assertThat(onlyAnswer(result))
                    .isInstanceOfSatisfying(Answer.Unanswered.class, answer -> assertThat(answer.uncertain())
                            .isTrue());
            assertThat(result.isSafeToRepeat()).isFalse();
        }
    }

    @Test
    void serverThatVanishesEarlierShouldLeaveNoDoubt() throws SmtpException {
        for (String command : List.of("MAIL*", "RCPT*", "DATA")) {
            serve(TLS + "ON " + command + " => RESET\nSERVE");
            openTls();
            TransactionResult result = send(TestMessage.PLAIN);
            assertThat(result.isSafeToRepeat()).as(command).isTrue();
            server.close();
        }
    }

    @Test
    void messageThatCannotBeReadShouldNotEndTheData() throws SmtpException {
        serve(TLS + "SERVE");
        openTls();
        MessageSource broken = new TestSource() {
            @Override
            public InputStream open() {
                return new FilterInputStream(new ByteArrayInputStream(new byte[20_000])) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        int count = super.read(target, offset, length);
                        if (count < 0) {
                            throw new IOException("disk");
                        }
                        return count;
                    }
                };
            }
        };
        TransactionResult result = send(broken);
        assertThat(result.failure()).containsInstanceOf(Failure.SourceFailed.class);
        assertThat(result.isSafeToRepeat()).isTrue();
        connection.close();
        assertThat(server.only().messages()).isEmpty();
        assertThat(server.only().insideTls()).doesNotContain("\r\n.\r\n");
    }

    @Test
    void fiftyMegabytesShouldGoThroughWithoutACopy() throws SmtpException {
        serve(TLS + "TLSFEATURES PIPELINING, SIZE\nSERVE");
        openTls();
        long octets = 50L * 1024 * 1024;
        TransactionResult result = send(new TestSource() {
            @Override
            public InputStream open() {
                return new Lines(octets);
            }

            @Override
            public long size() {
                return octets;
            }
        });
        assertThat(onlyAnswer(result)).isInstanceOf(Answer.Accepted.class);
        connection.quit();
        assertThat(server.only().messageOctets()).isEqualTo(octets);
    }

    @Test
    void manyRecipientsShouldNotBlockEitherSide() throws SmtpException {
        String padding = "x".repeat(400);
        serve("S: 220 hi\nON RCPT* => 250 2.1.5 " + padding + "\nSERVE");
        open();
        List<String> recipients = IntStream.range(0, 5000)
                .mapToObj(i -> "recipient" + i + "@two.example")
                .toList();
        TransactionResult result = connection.send(Envelope.of("a@one.example", recipients), TestMessage.PLAIN);
        assertThat(result.recipients()).allMatch(each -> each.answer() instanceof Answer.Accepted);
    }

    @Test
    void commandsWithoutRepliesShouldNotExceedTheWindow() throws SmtpException {
        Duration usual = Duration.ofSeconds(20);
        times = new StepTimes(usual, Duration.ofMillis(500), usual, usual, usual, usual, usual, Duration.ofSeconds(40));
        serve("S: 220 hi\nC: EHLO*\nS: 250-mx\nS: 250 PIPELINING\nSTALL");
        open();
        List<String> recipients = IntStream.range(0, 5000)
                .mapToObj(i -> "recipient" + i + "@two.example")
                .toList();
        TransactionResult result = connection.send(Envelope.of("a@one.example", recipients), TestMessage.PLAIN);
        assertThat(result.failure()).contains(new Failure.TimedOut(Step.MAIL));
        assertThat(server.only().wire().length()).isBetween(4 * 1024, 9 * 1024);
    }

    @Test
    void connectionShouldBeReusedAndResetOnlyWhereNeeded() throws SmtpException {
        serve(TLS + "ON RCPT TO:<bad* => 550 no\nSERVE");
        openTls();
        send(TestMessage.PLAIN);
        connection.makeReady();
        connection.send(Envelope.of("a@one.example", List.of("bad@two.example")), TestMessage.PLAIN);
        connection.makeReady();
        assertThat(onlyAnswer(send(TestMessage.PLAIN))).isInstanceOf(Answer.Accepted.class);
        connection.quit();
        assertThat(server.only().commands().stream().filter("RSET"::equals)).hasSize(1);
    }

    @Test
    void ipv6ShouldDo() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        server = ScriptedServer.startOn(InetAddress.getByAddress(loopback), IDENTITIES, TLS + "SERVE");
        openTls();
        assertThat(onlyAnswer(send(TestMessage.PLAIN))).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void localAddressShouldBeUsed() throws Exception {
        serve(TLS + "SERVE");
        InetAddress local = InetAddress.getByName("127.0.0.9");
        ConnectionSettings settings =
                new ConnectionSettings("client.example", List.of(local), times, ReplyLimits.DEFAULT);
        connection = SmtpConnection.open(new ServerName(Optional.empty(), server.address()), settings, true);
        assertThat(connection.localAddress()).isEqualTo(local);
    }

    /** A message whose parts tests replace. */
    private abstract static class TestSource implements MessageSource {
        @Override
        public long size() {
            return 1000;
        }

        @Override
        public boolean hasEightBitBody() {
            return false;
        }

        @Override
        public boolean hasUtf8Header() {
            return false;
        }

        @Override
        public Optional<MessageSource> sevenBit() {
            return Optional.empty();
        }
    }

    /** Lines of 64 octets, made when read. */
    private static final class Lines extends InputStream {
        private long left;

        Lines(long octets) {
            this.left = octets;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            int column = (int) (left-- % 64);
            return column == 2 ? '\r' : column == 1 ? '\n' : 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            for (int octet = 0; count < length && (octet = read()) >= 0; count++) {
                target[offset + count] = (byte) octet;
            }
            return count == 0 ? -1 : count;
        }
    }
}
