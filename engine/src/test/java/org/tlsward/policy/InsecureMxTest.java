/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.policy.Fixtures.MX;
import static org.tlsward.policy.Fixtures.NEXT_HOP;
import static org.tlsward.policy.Fixtures.demanding;
import static org.tlsward.policy.Fixtures.verdict;

import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.PeerCertificate.Chain;

/** A host that has DNSSEC, named by a domain that has not (RFC 7672 §2.2.1): its records must match, and prove nothing. */
@Domain(PolicyArbitraries.class)
class InsecureMxTest {
    private static Facts facts(Demand demand, MtaSts mtaSts, TlsAttempt attempt) {
        return new Facts(demand, new Candidate(MX, NEXT_HOP, Origin.INSECURE_DNS), TlsaRecords.USABLE, mtaSts, attempt);
    }

    private static String of(Requirement required, MtaSts mtaSts, TlsAttempt attempt) {
        return verdict(facts(demanding(required), mtaSts, attempt));
    }

    @Test
    void matchShouldBeRequiredAtEveryLevel() {
        assertThat(of(Requirement.NOTHING, MtaSts.NONE, Fixtures.daneMatch())).isEqualTo("proceed");
        assertThat(of(Requirement.NOTHING, MtaSts.NONE, Fixtures.trusted())).isEqualTo("dane-mismatch");
        assertThat(of(Requirement.NOTHING, MtaSts.NONE, Fixtures.NO_TLS)).isEqualTo("tls-not-offered");
        assertThat(of(Fixtures.ENCRYPT, MtaSts.NONE, Fixtures.daneMatch())).isEqualTo("proceed");
        assertThat(of(Fixtures.ENCRYPT, MtaSts.NONE, Fixtures.trusted())).isEqualTo("dane-mismatch");
    }

    @Test
    void matchShouldBeNoProof() {
        assertThat(of(TlsLevel.AUTHENTICATED.requirement(), MtaSts.NONE, Fixtures.daneMatch()))
                .isEqualTo("mx-not-trusted");
        assertThat(of(TlsLevel.DANE_ONLY.requirement(), MtaSts.NONE, Fixtures.daneMatch()))
                .isEqualTo("dane-required");
        TlsAttempt listed = Fixtures.requireTlsSession(Fixtures.certificate(Chain.VALID, true, MX));
        assertThat(of(Requirement.builder().requireTls().build(), MtaSts.NONE, listed))
                .isEqualTo("mx-not-trusted");
    }

    @Test
    void policyThatTestsShouldConfirmNothing() {
        assertThat(of(TlsLevel.AUTHENTICATED.requirement(), MtaSts.TESTING, Fixtures.daneMatch()))
                .isEqualTo("mx-not-trusted");
    }

    /** An enforced policy confirms the name of the host, and asks for its certificate beside. */
    @Test
    void enforcedPolicyShouldMakeAMatchAProof() {
        TlsAttempt both = Fixtures.session(Fixtures.certificate(Chain.VALID, true, MX));
        Requirement authenticated = TlsLevel.AUTHENTICATED.requirement();
        assertThat(of(authenticated, MtaSts.ENFORCE, both)).isEqualTo("proceed");
        assertThat(of(authenticated, MtaSts.ENFORCE, Fixtures.daneMatch())).isEqualTo("certificate-untrusted");
        assertThat(of(authenticated, MtaSts.ENFORCE, Fixtures.trusted())).isEqualTo("dane-mismatch");
    }

    /** RFC 7672 §2.2.1: DANE demanded, MX answer insecure: delivery is delayed, by a reason that may go away. */
    @Test
    void demandedDaneShouldWaitWhateverThePolicySays() {
        TlsAttempt both = Fixtures.session(Fixtures.certificate(Chain.VALID, true, MX));
        Requirement daneOnly = TlsLevel.DANE_ONLY.requirement();
        for (TlsAttempt attempt : List.of(both, Fixtures.daneMatch(), Fixtures.trusted())) {
            assertThat(reasons(daneOnly, attempt)).contains(Reason.DANE_REQUIRED);
        }
        assertThat(of(daneOnly, MtaSts.ENFORCE, both)).isEqualTo("dane-required");
        assertThat(of(daneOnly, MtaSts.ENFORCE, new TlsAttempt.NotYet())).isEqualTo("dane-required");
    }

    private static List<Reason> reasons(Requirement required, TlsAttempt attempt) {
        Decision decision = PolicyEngine.decide(facts(demanding(required), MtaSts.ENFORCE, attempt));
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        Decision.Refuse refuse = (Decision.Refuse) decision;
        assertThat(refuse.persistence()).isEqualTo(Decision.Persistence.RETRY);
        return refuse.unmet().stream().map(Decision.Unmet::reason).toList();
    }

    /** The same for every combination of facts. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void demandedDaneShouldNeverProceed(@ForAll Facts facts) {
        Facts insecure = new Facts(
                demanding(TlsLevel.DANE_ONLY.requirement()),
                new Candidate(MX, NEXT_HOP, Origin.INSECURE_DNS),
                facts.tlsa(),
                facts.mtaSts(),
                facts.tls());
        assertThat(PolicyEngine.decide(insecure)).isInstanceOf(Decision.Refuse.class);
    }

    /** What was seen of the records changes nothing for who asks for a proof, unless something else proves the host. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void recordsShouldNeverHelp(@ForAll Facts facts) {
        Assume.that(facts.candidate().origin() == Origin.INSECURE_DNS && facts.mtaSts() != MtaSts.ENFORCE);
        Facts without = new Facts(facts.demand(), facts.candidate(), TlsaRecords.NONE, facts.mtaSts(), facts.tls());
        Assume.that(PolicyEngine.decide(without) instanceof Decision.Refuse);
        Facts with = new Facts(facts.demand(), facts.candidate(), TlsaRecords.USABLE, facts.mtaSts(), facts.tls());
        assertThat(PolicyEngine.decide(with)).isInstanceOf(Decision.Refuse.class);
    }
}
