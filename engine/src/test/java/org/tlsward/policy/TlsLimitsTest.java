/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.policy.Fixtures.NEXT_HOP;
import static org.tlsward.policy.Fixtures.general;
import static org.tlsward.policy.Fixtures.medical;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Proceed;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Decision.StartTls;
import org.tlsward.policy.EmergencyStop.What;

/** The stops of the whole server: what they leave of TLS, and which mail they hold. */
@Domain(PolicyArbitraries.class)
class TlsLimitsTest {
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final String GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private static final String CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";

    private static EmergencyStop stop(What what, String name) {
        return new EmergencyStop(what, name, "a hole", "anna", NOW, Optional.of(NOW.plusSeconds(60)));
    }

    private static TlsLimits limits(What what, String name) {
        return TlsLimits.of(List.of(stop(what, name)));
    }

    /** The promise of no-tls in one law: what goes out needs nothing, and no TLS is used for it. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void withoutTlsOnlyWhatNeedsNoneShouldGoOut(@ForAll Facts facts) {
        Demand demand = facts.demand()
                .heldBy(List.of(stop(What.NO_TLS, "")), facts.candidate().nextHop());
        Decision decision = PolicyEngine.decide(facts.forDemand(demand));
        boolean needs = !facts.demand().withoutLowering().isEmpty()
                || !PolicyEngine.publishedRules(facts).isEmpty();
        if (decision instanceof Proceed proceed) {
            assertThat(needs).isFalse();
            assertThat(proceed.startTls()).isEqualTo(StartTls.NONE);
        } else if (needs) {
            assertThat(((Refuse) decision).reason()).isEqualTo(Reason.EMERGENCY);
            assertThat(((Refuse) decision).persistence()).isEqualTo(Persistence.RETRY);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aStoppedServerShouldSendNothing(@ForAll Facts facts) {
        Demand demand = facts.demand().heldBy(List.of(stop(What.SERVER, "")), NEXT_HOP);
        assertThat(demand.group().isHopeless()).isTrue();
        assertThat(PolicyEngine.decide(facts.forDemand(demand)))
                .isInstanceOfSatisfying(
                        Refuse.class, refuse -> assertThat(refuse.reason()).isEqualTo(Reason.EMERGENCY));
    }

    /** A policy of which nobody can ask may demand TLS. */
    @Test
    void aPolicyThatIsNotFetchedShouldHoldMailWhileThereIsNoTls() {
        Demand demand = Demand.builder().recipientClasses(List.of(general())).build();
        Demand without = demand.heldBy(List.of(stop(What.NO_TLS, "")), NEXT_HOP);
        assertThat(demand.stopsWhere(true)).isEmpty();
        assertThat(without.stopsWhere(true)).hasSize(1);
        assertThat(without.stopsWhere(false)).isEmpty();
        assertThat(without.group())
                .as("no connection is shared with what had TLS")
                .isNotEqualTo(demand.group());
    }

    @Test
    void incomingMailShouldBeHeldByWhatItIs() {
        assertThat(InboundGate.stopped(List.of(medical()), List.of(stop(What.NO_TLS, ""))))
                .isPresent();
        assertThat(InboundGate.stopped(List.of(general()), List.of(stop(What.NO_TLS, ""))))
                .isEmpty();
        assertThat(InboundGate.stopped(List.of(), List.of(stop(What.SERVER, ""))))
                .isPresent();
        assertThat(InboundGate.stopped(
                        List.of(medical()),
                        List.of(stop(What.REFUSE_VERSION, "TLSv1.2"), stop(What.REFUSE_CIPHER, "*"))))
                .isEmpty();
    }

    @Test
    void whatIsRefusedShouldBeNeitherOfferedNorGoodEnough() {
        TlsLimits version = limits(What.REFUSE_VERSION, "TLSv1.2");
        assertThat(version.allowsVersion("TLSv1.2")).isFalse();
        assertThat(version.allowsVersion("TLSv1.3")).isTrue();
        assertThat(version.refusing("TLSv1.2", GCM)).isPresent();
        assertThat(version.refusing("TLSv1.3", "TLS_AES_128_GCM_SHA256")).isEmpty();
        assertThat(version.off()).isEmpty();

        TlsLimits cipher = limits(What.REFUSE_CIPHER, "*_cbc_*");
        assertThat(cipher.allowsSuite(CBC)).isFalse();
        assertThat(cipher.allowsSuite(GCM)).isTrue();
        assertThat(cipher.refusing("TLSv1.2", CBC)).isPresent();
        assertThat(cipher.refusing("TLSv1.2", GCM)).isEmpty();

        assertThat(limits(What.NO_TLS, "").refusing("TLSv1.3", GCM)).isPresent();
        assertThat(limits(What.SERVER, "").off()).isPresent();
        assertThat(TlsLimits.of(List.of(new EmergencyStop(What.ALL, "", "x", "anna", NOW)))
                        .stops())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*_CBC_*, TLS_RSA_WITH_AES_128_CBC_SHA, true",
        "*_cbc_sha, TLS_RSA_WITH_AES_128_CBC_SHA, true",
        "TLS_AES_???_GCM_SHA256, TLS_AES_128_GCM_SHA256, true",
        "TLS_AES_?_GCM_SHA256, TLS_AES_128_GCM_SHA256, false",
        "_CBC_, TLS_RSA_WITH_AES_128_CBC_SHA, false",
        "TLS.AES.128.GCM.SHA256, TLS_AES_128_GCM_SHA256, false"
    })
    void aPatternShouldMeanWholeNames(String glob, String suite, boolean matches) {
        assertThat(TlsLimits.matches(glob, suite)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "30m, 2027-03-01T12:30:00Z",
        "2h, 2027-03-01T14:00:00Z",
        " 3D , 2027-03-04T12:00:00Z",
        "2027-03-01T18:00:00Z, 2027-03-01T18:00:00Z",
        "2027-03-01t18:00:00+01:00, 2027-03-01T17:00:00Z",
        "2027-03-01T18:00, 2027-03-01T16:00:00Z"
    })
    void anEndShouldBeASpanOrATime(String text, String expected) {
        assertThat(EmergencyEnd.parse(text, NOW, ZoneOffset.ofHours(2))).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "h",
                "-2h",
                "0m",
                "2w",
                "2 h",
                "31d",
                "99999d",
                "2027-03-01",
                "2027-03-01T12:00:00Z",
                "2026-01-01T00:00"
            })
    void anEndThatIsNoneShouldBeRefused(String text) {
        assertThatThrownBy(() -> EmergencyEnd.parse(text, NOW, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unsupported end \"" + text.strip() + "\" (expected: ");
    }

    @Test
    void whatConcernsTheWholeServerShouldHaveAnEnd() {
        for (What what : List.of(What.NO_TLS, What.SERVER, What.REFUSE_VERSION, What.REFUSE_CIPHER)) {
            assertThat(what.needsEnd()).isTrue();
            assertThatThrownBy(() -> new EmergencyStop(what, "x", "x", "anna", NOW))
                    .hasMessageContaining(what.word() + " without an end");
        }
    }
}
