/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.tlsward.policy.Requirement;
import org.tlsward.testing.Identity;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.TestCa;

/** A client, a scripted server, and what all tests of a connection ask. */
abstract class SmtpTestBase {
    static final Instant NOW = Instant.now();
    static final TestCa CA = new TestCa(NOW);
    static final Map<String, Identity> IDENTITIES = Map.of("good", CA.good("mx.example"), "rsa", CA.rsa("mx.example"));
    static final Requirement ENCRYPTED = Requirement.builder().encrypted().build();
    static final Envelope ENVELOPE = Envelope.of("a@one.example", List.of("b@two.example"));
    static final StepTimes PATIENT = StepTimes.uniform(Duration.ofSeconds(20), Duration.ofSeconds(40));
    static final StepTimes SHORT = StepTimes.uniform(Duration.ofMillis(300), Duration.ofSeconds(20));

    static final StepTimes SHORT_HANDSHAKE = impatient(Duration.ofMillis(300), Duration.ofSeconds(20));
    static final StepTimes SHORT_BODY = impatient(Duration.ofSeconds(20), Duration.ofMillis(300));

    private static StepTimes impatient(Duration handshake, Duration dataBlock) {
        Duration usual = Duration.ofSeconds(20);
        return new StepTimes(usual, usual, handshake, usual, dataBlock, usual, usual, Duration.ofSeconds(40));
    }

    final TlsClients clients = new TlsClients(new ChainJudge(List.of(CA.root()), Clock.systemUTC()));
    StepTimes times = PATIENT;
    ScriptedServer server;
    SmtpConnection connection;

    @AfterEach
    void closeAll() {
        if (connection != null) {
            connection.close();
        }
        if (server != null) {
            server.close();
        }
    }

    void serve(String... scripts) {
        server = ScriptedServer.start(IDENTITIES, scripts);
    }

    void open() throws SmtpException {
        open(false);
    }

    void open(boolean heloWillDo) throws SmtpException {
        ConnectionSettings settings = new ConnectionSettings("client.example", List.of(), times, ReplyLimits.DEFAULT);
        connection =
                SmtpConnection.open(new ServerName(Optional.of("mx.example."), server.address()), settings, heloWillDo);
    }

    TlsPeer startTls() throws SmtpException {
        return connection.startTls(clients.of(ENCRYPTED, Optional.empty()));
    }

    /** All steps up to where the policy decides. */
    void openTls() throws SmtpException {
        open();
        startTls();
        connection.helloAgain();
    }

    Failure failureOf(SmtpAction action) {
        SmtpException exception = catchThrowableOfType(SmtpException.class, action::run);
        assertThat(exception).isNotNull();
        return exception.failure();
    }

    interface SmtpAction {
        void run() throws SmtpException;
    }

    TransactionResult send(MessageSource message) {
        return connection.send(ENVELOPE, message);
    }

    static Answer onlyAnswer(TransactionResult result) {
        assertThat(result.recipients()).hasSize(1);
        return result.recipients().get(0).answer();
    }

    /** Nothing of an envelope or a message came over TCP in a form that somebody on the way could read. */
    static void assertNothingInClear(PeerRecord record) {
        assertThat(record.wire()).doesNotContain("MAIL", "RCPT", "DATA", "two.example", TestMessage.MARK);
    }
}
