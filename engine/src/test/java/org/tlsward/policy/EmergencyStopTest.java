/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.NEXT_HOP;
import static org.tlsward.policy.Fixtures.classOf;
import static org.tlsward.policy.Fixtures.general;
import static org.tlsward.policy.Fixtures.medical;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.EmergencyStop.What;
import org.tlsward.policy.InboundGate.Stopped;

/** What an operator stops stays here, whatever the host is like. */
@Domain(PolicyArbitraries.class)
class EmergencyStopTest {
    private static final EmergencyStop ALL = stop(What.ALL, "");

    private static EmergencyStop stop(What what, String name) {
        return new EmergencyStop(what, name, "a key was stolen", "anna", Instant.EPOCH);
    }

    private static boolean holds(EmergencyStop stop, Demand demand, String domain) {
        return demand.heldBy(List.of(stop), domain).group().isHopeless();
    }

    private static Demand to(ClassRule... classes) {
        return Demand.builder().recipientClasses(List.of(classes)).build();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void noHostShouldBeGoodEnoughForStoppedMail(@ForAll Facts facts) {
        Demand stopped = facts.demand()
                .heldBy(
                        List.of(stop(What.DESTINATION, facts.candidate().nextHop())),
                        facts.candidate().nextHop());
        assertThat(PolicyEngine.decide(facts.forDemand(stopped))).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.reason()).isEqualTo(Reason.EMERGENCY);
            assertThat(refuse.persistence()).isEqualTo(Persistence.RETRY);
            assertThat(refuse.unmet().get(0).seen()).contains("anna", "1970-01-01", "a key was stolen");
            assertThat(refuse.unmet().get(0).by())
                    .extracting(Contribution::name)
                    .containsExactly("destination " + facts.candidate().nextHop());
        });
    }

    @Test
    void aClassShouldBeStoppedWhereverItHasASay() {
        EmergencyStop stop = stop(What.CLASS, "medical");
        assertThat(holds(stop, to(medical()), NEXT_HOP)).isTrue();
        assertThat(holds(
                        stop, Demand.builder().senderClasses(List.of(medical())).build(), NEXT_HOP))
                .isTrue();
        assertThat(holds(
                        stop,
                        Demand.builder()
                                .rewrittenRecipientClasses(List.of(medical()))
                                .build(),
                        NEXT_HOP))
                .isTrue();
        assertThat(holds(
                        stop,
                        Demand.builder()
                                .unknownClass(List.of(general(), medical()), "ldap")
                                .build(),
                        NEXT_HOP))
                .as("it may be medical")
                .isTrue();
        assertThat(holds(stop, to(general()), NEXT_HOP)).isFalse();
    }

    @Test
    void aDestinationShouldBeMeantAsInTheConfiguration() {
        Demand anything = to(general());
        assertThat(holds(stop(What.DESTINATION, "partner.example"), anything, "Partner.EXAMPLE"))
                .isTrue();
        assertThat(holds(stop(What.DESTINATION, "partner.example"), anything, "a.partner.example"))
                .isFalse();
        assertThat(holds(stop(What.DESTINATION, ".partner.example"), anything, "a.partner.example"))
                .isTrue();
        assertThat(holds(stop(What.DESTINATION, ".partner.example"), anything, "partner.example"))
                .isFalse();
        assertThat(holds(stop(What.DESTINATION, "[192.0.2.1]"), anything, "[192.0.2.1]"))
                .isTrue();
    }

    @Test
    void allShouldMeanAllThatIsProtected() {
        assertThat(holds(ALL, to(medical()), NEXT_HOP)).isTrue();
        assertThat(holds(ALL, Demand.builder().requireTls().build(), NEXT_HOP)).isTrue();
        assertThat(holds(ALL, to(general()), NEXT_HOP)).isFalse();
    }

    /** A stop only ever adds: neither exception nor release goes past it. */
    @Test
    void nothingShouldLowerAStop() {
        Demand excepted = Demand.builder()
                .destination(Fixtures.destination(NEXT_HOP, TlsLevel.SECURE))
                .release(new ReleaseOverride("bob", TlsLevel.NONE, Requirement.NOTHING, "urgent", true))
                .build();
        assertThat(excepted.required().isEmpty()).isTrue();
        assertThat(holds(ALL, excepted, NEXT_HOP)).isTrue();
    }

    /** Recipients who are stopped never share a transaction with others. */
    @Test
    void whoIsStoppedShouldNotShareATransaction() {
        Demand demand = to(classOf("x", TlsLevel.MAY));
        assertThat(demand.heldBy(List.of(stop(What.CLASS, "x")), NEXT_HOP).group())
                .isNotEqualTo(demand.group());
        assertThat(demand.heldBy(List.of(stop(What.CLASS, "y")), NEXT_HOP)).isEqualTo(demand);
    }

    @Test
    void incomingMailShouldBePutOffWhateverTlsThereIs() throws Exception {
        ClassRule medical = new ClassRule(
                "medical",
                new InboundRule(InboundMinimum.NONE, Optional.empty(), List.of(IpNetwork.parse("127.0.0.0/8"))),
                medical().outbound(),
                Map.of());
        assertThat(InboundGate.stopped(List.of(medical), List.of(stop(What.CLASS, "medical"))))
                .contains(new Stopped(stop(What.CLASS, "medical")));
        assertThat(InboundGate.stopped(List.of(medical), List.of(ALL))).isPresent();
        assertThat(InboundGate.stopped(List.of(general()), List.of(ALL, stop(What.CLASS, "medical"))))
                .isEmpty();
        assertThat(InboundGate.stopped(List.of(medical), List.of(stop(What.DESTINATION, "klinik.example"))))
                .as("destinations are outbound")
                .isEmpty();
        assertThat(InboundGate.judge(List.of(medical), Optional.empty(), InetAddress.getLoopbackAddress()))
                .isInstanceOf(InboundGate.Accept.class);
    }
}
