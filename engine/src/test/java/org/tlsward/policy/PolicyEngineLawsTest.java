/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Decision.Persistence;
import org.tlsward.policy.Decision.Proceed;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.Decision.StartTls;

/** What holds for every combination of facts. */
@Domain(PolicyArbitraries.class)
class PolicyEngineLawsTest {

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void decisionShouldBeTotalAndPure(@ForAll Facts facts) {
        Decision decision = PolicyEngine.decide(facts);
        Statistics.label("decision").collect(decision.getClass().getSimpleName());
        Statistics.label("decision").coverage(coverage -> {
            coverage.check("Proceed").percentage(share -> share > 2);
            coverage.check("Refuse").percentage(share -> share > 2);
        });
        assertThat(PolicyEngine.decide(facts)).isEqualTo(decision);
        if (decision instanceof Refuse refuse) {
            assertThat(refuse.unmet()).isNotEmpty();
            assertThat(refuse.unmet()).allMatch(unmet -> !unmet.by().isEmpty());
            assertThat(refuse.finalStatus()).startsWith("5.");
            assertThat(refuse.deferredStatus()).startsWith("4.");
        }
    }

    /** The one promise. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void mailThatRequiresSomethingShouldNeverProceedWithoutASoundSession(@ForAll Facts facts) {
        Decision decision = PolicyEngine.decide(facts);
        Assume.that(!decision.required().isEmpty());
        Assume.that(!(facts.tls() instanceof TlsAttempt.NotYet));
        if (decision instanceof Proceed proceed) {
            assertThat(facts.tls()).isInstanceOf(TlsAttempt.Established.class);
            assertThat(((TlsAttempt.Established) facts.tls()).peer().isSound()).isTrue();
            assertThat(proceed.startTls()).isEqualTo(StartTls.REQUIRED);
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void decisionShouldRequireAtLeastWhatOurSideDemands(@ForAll Facts facts) {
        assertThat(PolicyEngine.decide(facts).required().atLeast(facts.demand().required()))
                .isTrue();
    }

    /** RULES §1: adding a source never weakens the outcome. Names and pins of ours may prove who a peer is, so they are apart. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void anotherRuleShouldNeverTurnARefusalIntoAProceed(@ForAll Facts facts, @ForAll Requirement more) {
        Assume.that(!more.nextHopName() && more.names().isEmpty() && more.pins().isEmpty());
        Assume.that(PolicyEngine.decide(facts) instanceof Refuse);
        List<Contribution> rules = new ArrayList<>(facts.demand().contributions());
        rules.add(Contribution.demanding(Source.MARK, "more", more));
        Demand stricter =
                new Demand(rules, facts.demand().lowerings(), facts.demand().classes());
        assertThat(PolicyEngine.decide(facts.forDemand(stricter))).isInstanceOf(Refuse.class);
    }

    /** Whatever is refused before connecting would be refused after. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void hostThatIsNotWorthAConnectionShouldNotPassWithOne(@ForAll Facts facts) {
        Assume.that(PolicyEngine.decide(facts.with(new TlsAttempt.NotYet())) instanceof Refuse);
        assertThat(PolicyEngine.decide(facts)).isInstanceOf(Refuse.class);
    }

    /** RFC 8461 §2: where usable TLSA records count, no policy helps a peer that matches none. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void mtaStsShouldNeverRescueFailingDane(@ForAll Facts facts) {
        Assume.that(facts.demand().publishedCounts());
        Assume.that(facts.tls() instanceof TlsAttempt.Established established
                && !established.peer().certificate().tlsaMatch());
        Facts published = new Facts(facts.demand(), facts.candidate(), TlsaRecords.USABLE, facts.mtaSts(), facts.tls());
        assertThat(PolicyEngine.decide(published)).isInstanceOf(Refuse.class);
    }

    /** What only observes changes nothing. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void observingShouldNotChangeTheDecision(@ForAll Facts facts, @ForAll Requirement observed) {
        List<Contribution> rules = new ArrayList<>(facts.demand().contributions());
        rules.add(new Contribution(
                Source.DESTINATION, "observer", Optional.empty(), Requirement.NOTHING, Optional.of(observed)));
        Demand watched =
                new Demand(rules, facts.demand().lowerings(), facts.demand().classes());
        Decision plain = PolicyEngine.decide(facts);
        Decision decision = PolicyEngine.decide(facts.forDemand(watched));
        assertThat(decision.required()).isEqualTo(plain.required());
        assertThat(decision.getClass()).isEqualTo(plain.getClass());
        assertThat(decision.observations()).containsAll(plain.observations());
    }

    /** RULES §8: at once only for REQUIRETLS and for a class that says so; look-ups always get another chance. */
    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void finalAtOnceShouldBeRare(@ForAll Facts facts) {
        if (PolicyEngine.decide(facts) instanceof Refuse refuse && refuse.persistence() == Persistence.FINAL) {
            boolean never = refuse.reason() == Reason.NEVER_BY_MAIL;
            assertThat(never || refuse.required().requireTls()).isTrue();
            assertThat(never
                            || refuse.unmet().stream()
                                    .noneMatch(one -> one.reason().isLookUp()))
                    .isTrue();
        }
    }
}
