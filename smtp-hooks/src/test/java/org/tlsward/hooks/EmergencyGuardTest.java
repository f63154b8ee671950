/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.james.EmergencyStops;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

class EmergencyGuardTest {
    private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    @TempDir
    Path root;

    private EmergencyStops stops;
    private EmergencyGuard guard;
    private EmergencyGreeting greeting;

    @BeforeEach
    void start() throws Exception {
        stops = HookHome.stops(root, Clock.systemUTC(), System::nanoTime);
        OpenSessions sessions = new OpenSessions(stops);
        guard = new EmergencyGuard(stops, sessions);
        greeting = new EmergencyGreeting(stops, sessions);
    }

    private void stop(What what, String name) throws Exception {
        Instant now = Instant.now();
        stops.stop(new EmergencyStop(what, name, "a hole", "anna", now, Optional.of(now.plusSeconds(3600))));
    }

    private String say(SMTPSession session, String command) {
        Response response = guard.onCommand(session, new BaseRequest(command, ""));
        return response == null ? "" : response.getLines().get(0) + (response.isEndSession() ? " and bye" : "");
    }

    private String hello(SMTPSession session) {
        return greeting.onConnect(session).getLines().get(0).toString();
    }

    private static FakeSession overTls() {
        return new FakeSession().withTls("TLSv1.2", GCM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "STARTTLS", "AUTH", "MAIL", "NOOP"})
    void nothingShouldBeInTheWayWithoutAnEmergency(String command) throws Exception {
        assertThat(hello(new FakeSession())).startsWith("220");
        assertThat(say(new FakeSession(), command)).isEmpty();
        assertThat(say(overTls(), command)).isEmpty();
        stop(What.REFUSE_VERSION, "TLSv1.1");
        stop(What.REFUSE_CIPHER, "*_CBC_*");
        assertThat(say(new FakeSession(), command)).isEmpty();
        assertThat(say(overTls(), command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "HELO", "MAIL", "RCPT", "DATA", "AUTH", "STARTTLS", "NOOP", "UNKNOWN"})
    void aStoppedServerShouldSayGoodbyeToEverybody(String command) throws Exception {
        stop(What.SERVER, "");
        assertThat(guard.getImplCommands()).contains(command);
        assertThat(hello(new FakeSession())).startsWith("421 4.3.2");
        assertThat(say(new FakeSession(), command)).startsWith("421 4.3.2").endsWith("and bye");
        assertThat(greeting.onConnect(overTls())).isSameAs(Response.DISCONNECT);
    }

    @Test
    void withoutTlsNeitherTlsNorAPasswordShouldBeTaken() throws Exception {
        stop(What.NO_TLS, "");
        assertThat(hello(new FakeSession())).startsWith("220");
        assertThat(say(new FakeSession(), "STARTTLS"))
                .startsWith("454 4.7.0 TLS not available")
                .contains("a hole");
        assertThat(say(new FakeSession(), "AUTH")).startsWith("454 4.7.0");
        assertThat(say(new FakeSession(), "MAIL")).isEmpty();
        assertThat(say(overTls(), "MAIL")).startsWith("421 4.7.0").endsWith("and bye");
        assertThat(greeting.onConnect(overTls())).as("TLS from the first byte").isSameAs(Response.DISCONNECT);

        stops.resume(What.NO_TLS, "", "anna");
        assertThat(say(new FakeSession(), "STARTTLS")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSE_VERSION, TLSv1.2, EHLO", "REFUSE_CIPHER, *_GCM_*, AUTH", "REFUSE_CIPHER, *_gcm_*, MAIL"})
    void aSessionThatIsNotGoodEnoughShouldEndAtItsFirstCommand(What what, String name, String command)
            throws Exception {
        stop(what, name);
        assertThat(say(overTls(), command))
                .startsWith("421 4.7.0")
                .contains(name, "a hole")
                .endsWith("and bye");
        assertThat(say(new FakeSession(), command)).isEmpty();
        assertThat(say(new FakeSession().withTls("TLSv1.3", "TLS_CHACHA20_POLY1305_SHA256"), command))
                .isEmpty();
    }

    @Test
    void ehloShouldNotOfferWhatThereIsNot() throws Exception {
        SMTPResponse ehlo = new SMTPResponse("250", "mx.klinik.example Hello");
        ehlo.appendLine("PIPELINING");
        ehlo.appendLine("STARTTLS");
        ehlo.appendLine("AUTH LOGIN PLAIN");
        ehlo.appendLine("AUTH=LOGIN PLAIN");
        ehlo.appendLine("DSN");
        EhloCmdHandler handler = new EhloCmdHandler(new RecordingMetricFactory());
        assertThat(guard.onResponse(new FakeSession(), ehlo, 0, handler)).isSameAs(ehlo);

        stop(What.NO_TLS, "");
        assertThat(guard.onResponse(new FakeSession(), ehlo, 0, handler).getLines())
                .extracting(CharSequence::toString)
                .containsExactly("250-mx.klinik.example Hello", "250-PIPELINING", "250 DSN");
        SMTPResponse refusal = new SMTPResponse("501", "STARTTLS");
        assertThat(guard.onResponse(new FakeSession(), refusal, 0, handler)).isSameAs(refusal);
        assertThat(guard.onResponse(new FakeSession(), null, 0, handler)).isNull();
    }
}
