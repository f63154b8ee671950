/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLimits;
import org.tlsward.smtp.Failure.TlsFailed;
import org.tlsward.testing.Identity;

class StartTlsTest extends SmtpTestBase {
    private static final String HELLO =
            """
            S: 220 mx.example
            C: EHLO client.example
            S: 250-mx.example
            S: 250-REQUIRETLS
            S: 250 STARTTLS
            C: STARTTLS
            """;

    private TlsFailed tlsFailure(SmtpAction action) {
        Failure failure = failureOf(action);
        assertThat(failure).isInstanceOf(TlsFailed.class);
        assertThat(connection.isUsable()).isFalse();
        connection.quit();
        assertNothingInClear(server.only());
        assertThat(server.only().cleartext()).doesNotContain("QUIT");
        return (TlsFailed) failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void startTlsShouldTellWhatItSaw(String version) throws SmtpException {
        serve("S: 220 hi\nFEATURES STARTTLS\nIDENTITY good " + version + "\nSERVE");
        open();
        TlsPeer peer = startTls();
        assertThat(peer.protocol()).isEqualTo(version);
        assertThat(peer.chain())
                .containsExactlyElementsOf(IDENTITIES.get("good").chain());
        assertThat(peer.verdict().isValid()).isTrue();
        assertThat(peer.sha256().get(0)).isEqualTo(IDENTITIES.get("good").sha256());
        assertThat(peer.facts(false, false).certificate().dnsNames()).containsExactly("mx.example");
        connection.helloAgain();
        connection.quit();
        assertThat(server.only().sni()).as("no trailing dot").contains("mx.example");
        assertThat(server.only().cleartext()).isEqualTo("EHLO client.example\r\nSTARTTLS\r\n");
    }

    private static TlsClients under(EmergencyStop.What what, String name) {
        EmergencyStop stop = new EmergencyStop(what, name, "a hole", "anna", NOW, Optional.of(NOW.plusSeconds(60)));
        return new TlsClients(new ChainJudge(List.of(CA.root()), Clock.systemUTC()), () -> TlsLimits.of(List.of(stop)));
    }

    private TlsPeer startTls(TlsClients clients) throws SmtpException {
        return connection.startTls(clients.of(ENCRYPTED, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE_VERSION, TLSv1.3, TLSv1.2",
        "REFUSE_VERSION, TLSv1.2, TLSv1.3",
        "REFUSE_CIPHER, *_WITH_*, TLSv1.3"
    })
    void whatAnEmergencyRefusesShouldNotBeOffered(EmergencyStop.What what, String name, String left)
            throws SmtpException {
        serve("S: 220 hi\nFEATURES STARTTLS\nIDENTITY good\nSERVE");
        open();
        assertThat(startTls(under(what, name)).protocol()).isEqualTo(left);
    }

    @Test
    void aPeerThatSpeaksOnlyWhatIsRefusedShouldFail() throws SmtpException {
        serve("S: 220 hi\nFEATURES STARTTLS\nIDENTITY good TLSv1.2\nSERVE");
        open();
        assertThat(tlsFailure(() -> startTls(under(EmergencyStop.What.REFUSE_VERSION, "TLSv1.2")))
                        .kind())
                .isEqualTo(TlsFault.VERSION);
    }

    @ParameterizedTest
    @CsvSource({"NO_TLS, ''", "SERVER, ''", "REFUSE_CIPHER, *"})
    void whereNothingIsLeftStartTlsShouldNotEvenBeSaid(EmergencyStop.What what, String name) throws SmtpException {
        serve("S: 220 hi\nFEATURES STARTTLS\nIDENTITY good\nSERVE");
        open();
        assertThat(tlsFailure(() -> startTls(under(what, name))).detail()).startsWith("emergency: ");
        assertThat(server.only().cleartext()).doesNotContain("STARTTLS");
    }

    @Test
    void startTlsShouldBeSentWhereItIsNotListed() throws SmtpException {
        serve("S: 220 hi\nFEATURES SIZE\nIDENTITY good\nSERVE");
        openTls();
        assertThat(connection.extensions().startTls()).isFalse();
        assertThat(connection.peer()).isPresent();
    }

    @Test
    void startTlsShouldBeSentWhereEhloIsUnknown() throws SmtpException {
        serve("S: 220 hi\nON EHLO* => 502 what\nSERVE");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.REFUSED);
        assertThat(server.only().commands()).doesNotContain("HELO client.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 4.7.0 not now", "500 what", "502 5.5.1 no", "250 fine", "354 go", "421 bye"})
    void startTlsShouldFailOnAnyOtherReply(String reply) throws SmtpException {
        serve(HELLO + "S: " + reply + "\nSTALL");
        open();
        TlsFailed failure = tlsFailure(this::startTls);
        assertThat(failure.kind()).isEqualTo(TlsFault.REFUSED);
        assertThat(failure.reply()).map(Reply::toString).contains(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INJECT 250 ok\\r\\n",
                "INJECT 250-evil\\r\\n250 SIZE\\r\\n",
                "INJECT x",
                "FLUSH\nINJECT 250 ok\\r\\n",
            })
    void injectedRepliesShouldBreakTheSession(String injection) throws SmtpException {
        serve(HELLO + "S: 220 go\n" + injection + "\nTLS good\nS: 250 real\nSTALL");
        open();
        assertThat(tlsFailure(() -> {
                            startTls();
                            connection.helloAgain();
                        })
                        .kind())
                .isIn(TlsFault.INJECTED, TlsFault.HANDSHAKE);
    }

    @Test
    void injectedRepliesInThePacketOf220ShouldBeSeenAsSuch() throws SmtpException {
        serve(HELLO + "S: 220 go\nINJECT 250 ok\\r\\n\nSTALL");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.INJECTED);
    }

    @Test
    void replyToStartTlsThatCameTooEarlyShouldNotCount() throws SmtpException {
        serve("S: 220 mx.example\nS: 250 fake\nS: 220 fake\nC: EHLO*\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nSTALL");
        times = SHORT_HANDSHAKE;
        open();
        assertThat(tlsFailure(this::startTls).kind()).isIn(TlsFault.INJECTED, TlsFault.HANDSHAKE, TlsFault.INTERRUPTED);
    }

    @Test
    void extensionsOfBeforeShouldBeForgotten() throws SmtpException {
        serve(HELLO + "S: 220 go\nTLS good\nC: EHLO client.example\nS: 250 mx.example\nC: QUIT\nS: 221 bye");
        open();
        assertThat(connection.extensions().requireTls()).isTrue();
        startTls();
        assertThat(connection.extensions()).isEqualTo(Extensions.NONE);
        connection.helloAgain();
        assertThat(connection.extensions().requireTls()).isFalse();
        connection.quit();
        assertThat(server.only().problems()).isEmpty();
    }

    @Test
    void handshakeThatStallsShouldEnd() throws SmtpException {
        serve(HELLO + "S: 220 go\nSTALL");
        times = SHORT_HANDSHAKE;
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.INTERRUPTED);
    }

    @Test
    void handshakeThatComesInDripsShouldEnd() throws SmtpException {
        serve(HELLO + "S: 220 go\nHELLO\nDRIP \u0016\u0003\u0003@\u0000\u0002");
        times = SHORT_HANDSHAKE;
        open();
        assertThat(tlsFailure(this::startTls).kind()).isIn(TlsFault.INTERRUPTED, TlsFault.HANDSHAKE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET", "CLOSE", "HELLO\nRESET", "HELLO\nCLOSE"})
    void handshakeThatIsCutOffShouldBeInterrupted(String end) throws SmtpException {
        serve(HELLO + "S: 220 go\n" + end);
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.INTERRUPTED);
    }

    @Test
    void handshakeWithGarbageShouldFail() throws SmtpException {
        serve(HELLO + "S: 220 go\nHELLO\nINJECT this is no TLS at all\\r\\n\nSTALL");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.HANDSHAKE);
    }

    @Test
    void oldTlsShouldBeSeenAsSuch() throws SmtpException {
        serve(HELLO + "S: 220 go\nTLS10");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.VERSION);
    }

    @Test
    void alertForTheVersionShouldBeSeenAsSuch() throws SmtpException {
        serve(HELLO + "S: 220 go\nHELLO\nINJECT \u0015\u0003\u0001\u0000\u0002\u0002F\nSTALL");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.VERSION);
    }

    @Test
    void otherAlertsShouldNotBeTakenForTheVersion() throws SmtpException {
        serve(HELLO + "S: 220 go\nHELLO\nINJECT \u0015\u0003\u0003\u0000\u0002\u0002(\nSTALL");
        open();
        assertThat(tlsFailure(this::startTls).kind()).isEqualTo(TlsFault.HANDSHAKE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void alertAfterTheHandshakeShouldBeATlsFailure(String version) throws SmtpException {
        serve(HELLO + "S: 220 go\nTLS good needs-client " + version + "\nC: EHLO*\nS: 250 hi\nSTALL");
        open();
        assertThat(tlsFailure(() -> {
                            startTls();
                            connection.helloAgain();
                        })
                        .kind())
                .isIn(TlsFault.AFTER_HANDSHAKE, TlsFault.HANDSHAKE);
    }

    @Test
    void endAfterTheHandshakeShouldBeATlsFailure() throws SmtpException {
        serve(HELLO + "S: 220 go\nTLS good\nC: EHLO*\nRESET");
        open();
        assertThat(tlsFailure(() -> {
                            startTls();
                            connection.helloAgain();
                        })
                        .kind())
                .isEqualTo(TlsFault.INTERRUPTED);
    }

    @Test
    void clientCertificateShouldBeShownWhereItIsAsked() throws SmtpException {
        serve("S: 220 hi\nIDENTITY good needs-client\nSERVE");
        Identity ours = CA.clientOnly("client.example");
        open();
        connection.startTls(
                clients.of(ENCRYPTED, Optional.of(new ClientIdentity("ours", ours.keyStore(), Identity.PASSWORD))));
        connection.helloAgain();
        connection.quit();
        assertThat(server.only().clientCertificate()).contains("CN=client.example");
    }

    @Test
    void sessionsShouldNotBeResumedForAnotherRequirement() throws SmtpException {
        serve("S: 220 hi\nIDENTITY good TLSv1.2\nSERVE");
        Requirement stricter = Requirement.builder().validChain().build();
        for (Requirement requirement : java.util.List.of(ENCRYPTED, ENCRYPTED, stricter)) {
            open();
            TlsPeer peer = connection.startTls(clients.of(requirement, Optional.empty()));
            assertThat(peer.verdict().isValid())
                    .as("judged anew, resumed or not")
                    .isTrue();
            connection.helloAgain();
            connection.quit();
        }
        String first = server.ended(0).tlsSession();
        assertThat(server.ended(1).tlsSession()).isEqualTo(first);
        assertThat(server.ended(2).tlsSession()).isNotEqualTo(first);
    }

    @Test
    void authShouldNeedTls() throws SmtpException {
        serve("S: 220 hi\nFEATURES AUTH PLAIN\nIDENTITY good\nSERVE");
        open();
        assertThatThrownBy(() -> connection.authenticate(new Credentials("u", "hidden")))
                .isInstanceOf(IllegalStateException.class);
        startTls();
        connection.helloAgain();
        connection.authenticate(new Credentials("u", "hidden"));
        connection.quit();
        assertThat(server.only().commands()).contains("AUTH PLAIN AHUAaGlkZGVu");
        assertThat(server.only().wire()).doesNotContain("AUTH");
    }

    @Test
    void authShouldFailWhereItIsRefusedOrNotOffered() throws SmtpException {
        serve(
                "S: 220 hi\nTLSFEATURES AUTH PLAIN\nIDENTITY good\nON AUTH* => 535 5.7.8 no\nSERVE",
                "S: 220 hi\nIDENTITY good\nSERVE");
        openTls();
        assertThat(failureOf(() -> connection.authenticate(new Credentials("u", "p"))))
                .isInstanceOf(Failure.Refused.class);
        openTls();
        assertThat(failureOf(() -> connection.authenticate(new Credentials("u", "p"))))
                .isInstanceOf(Failure.Violation.class);
    }

    @Test
    void longCredentialsShouldNotMakeALongCommand() throws SmtpException {
        serve("S: 220 hi\nTLSFEATURES AUTH PLAIN\nIDENTITY good\nON AUTH PLAIN => 334 \nON AHU* => 235 ok\nSERVE");
        openTls();
        connection.authenticate(new Credentials("u", "p".repeat(600)));
        connection.quit();
        assertThat(server.only().commands()).contains("AUTH PLAIN");
    }
}
