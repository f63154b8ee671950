/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.InboundGate.Unmet;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.InboundRule;
import org.tlsward.policy.OutboundRule;
import org.tlsward.policy.SessionTls;

class GateReplyTest {
    private static final Optional<SessionTls> TLS_1_2 =
            Optional.of(new SessionTls("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", Optional.empty()));

    @Test
    void cleartextShouldBeToldToStartTls() {
        GateReply reply = GateReply.refusal(unmet(InboundMinimum.ANY, Map.of()), Optional.empty(), true);
        assertThat(reply.code()).isEqualTo("530");
        assertThat(reply.text())
                .startsWith("5.7.0 Must issue a STARTTLS command first")
                .doesNotContain("newer");
    }

    @Test
    void oldTlsShouldBeToldWhatIsNeededAndWhatItHas() {
        GateReply reply = GateReply.refusal(unmet(InboundMinimum.TLS_1_3, Map.of()), TLS_1_2, true);
        assertThat(reply.code()).isEqualTo("550");
        assertThat(reply.text())
                .startsWith("5.7.10 ")
                .contains("TLSv1.3 or newer")
                .contains("has TLSv1.2");
    }

    @Test
    void aServerWithoutTlsShouldBlameItselfAndNeverRefuseForGood() {
        GateReply reply = GateReply.refusal(unmet(InboundMinimum.ANY, Map.of()), Optional.empty(), false);
        assertThat(reply.code()).isEqualTo("451");
        assertThat(reply.text()).startsWith("4.7.0 ");
    }

    @ParameterizedTest
    @EnumSource(EmergencyStop.What.class)
    void anEmergencyShouldNeverRefuseForGood(EmergencyStop.What what) {
        EmergencyStop stop = new EmergencyStop(
                what, "TLSv1.2", "Lücke\r\n250 ok", "anna", Instant.EPOCH, Optional.of(Instant.EPOCH.plusSeconds(1)));
        assertThat(List.of(
                        GateReply.stopped(stop),
                        GateReply.goodbye(stop),
                        GateReply.noTls(stop),
                        GateReply.noAuth(stop)))
                .allSatisfy(reply -> assertThat(reply.code() + " " + reply.text())
                        .matches("4[0-9]{2} 4\\.[0-9]\\.[0-9] [ -~]+ for the time being.*Luecke 250 ok"));
        assertThat(GateReply.goodbye(stop).code()).isEqualTo("421");
        assertThat(GateReply.noTls(stop).code() + " " + GateReply.noTls(stop).text())
                .startsWith("454 4.7.0 TLS not available");
    }

    @Test
    void alternativesShouldBeSpelledInAscii() {
        GateReply reply = GateReply.refusal(
                unmet(InboundMinimum.ANY, Map.of("de", "Für Befunde: KIM\r\n250 Ok – 漢", "en", "Call us")),
                Optional.empty(),
                true);
        assertThat(reply.text()).contains(". Call us / Fuer Befunde: KIM 250 Ok - ?");
    }

    @Property
    void anyAlternativeShouldFitOneReplyLine(@ForAll String alternative) {
        GateReply reply =
                GateReply.refusal(unmet(InboundMinimum.ANY, Map.of("de", alternative)), Optional.empty(), true);
        // RFC 5321 §4.5.3.1.5: 512 octets with code, blank and CRLF
        assertThat(reply.text()).matches("[\\x20-\\x7E]{1,506}");
    }

    private static Unmet unmet(InboundMinimum minimum, Map<String, String> alternatives) {
        InboundRule inbound = new InboundRule(minimum, Optional.empty(), List.of());
        return new Unmet(new ClassRule("medical", inbound, OutboundRule.NOTHING, alternatives), minimum);
    }
}
