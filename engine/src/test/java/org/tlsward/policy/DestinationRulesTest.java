/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tlsward.policy.Fixtures.destination;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationRulesTest {
    private static final Instant NOON = Instant.parse("2027-05-31T12:00:00Z");

    private static PolicyException exception(String match, String until) {
        return new PolicyException(
                DomainMatch.parse(match), TlsLevel.MAY, Requirement.NOTHING, "test", LocalDate.parse(until), false);
    }

    @ParameterizedTest
    @CsvSource({
        "gov.example, gov.example",
        "GOV.example., gov.example",
        "tax.gov.example, .gov.example",
        "a.tax.gov.example, .gov.example",
        "a.town.gov.example, .town.gov.example",
        "town.gov.example, .gov.example",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "bücher.example, xn--bcher-kva.example",
        "other.example, *",
        "notgov.example, *",
        "[192.0.2.1], *",
        "'', *"
    })
    void lookUpShouldTakeExactThenNearestParentThenAny(String domain, String match) {
        DestinationRules rules = new DestinationRules(
                List.of(
                        destination("*", TlsLevel.MAY),
                        destination(".gov.example", TlsLevel.DANE_ONLY),
                        destination("gov.example", TlsLevel.VERIFY),
                        destination(".town.gov.example", TlsLevel.ENCRYPT),
                        destination("bücher.example", TlsLevel.ENCRYPT)),
                List.of());
        assertThat(rules.destination(domain).orElseThrow().match()).hasToString(match);
    }

    @Test
    void lookUpShouldFindNothingWithoutARule() {
        DestinationRules rules =
                new DestinationRules(List.of(destination(".gov.example", TlsLevel.ENCRYPT)), List.of());
        assertThat(rules.destination("gov.example")).isEmpty();
        assertThat(rules.destination("other.example")).isEmpty();
        assertThat(DestinationRules.NONE.destination("other.example")).isEmpty();
        assertThat(DestinationRules.NONE.exception("other.example", NOON)).isEmpty();
    }

    @Test
    void duplicatesShouldBeErrors() {
        assertThatThrownBy(() -> new DestinationRules(
                        List.of(destination("a.example", TlsLevel.MAY), destination("A.example.", TlsLevel.ENCRYPT)),
                        List.of()))
                .hasMessage("match \"a.example\" is there twice (expected: once each)");
        assertThatThrownBy(() -> new DestinationRules(
                        List.of(), List.of(exception("*", "2027-01-01"), exception("*", "2028-01-01"))))
                .hasMessageContaining("\"*\" is there twice");
    }

    @Test
    void exceptionShouldCountToTheEndOfItsDay() {
        PolicyException exception = exception("old.example", "2027-05-31");
        DestinationRules rules = new DestinationRules(List.of(), List.of(exception));
        Instant lastSecond = Instant.parse("2027-05-31T23:59:59Z");
        Instant midnight = Instant.parse("2027-06-01T00:00:00Z");
        assertThat(rules.exception("old.example", lastSecond)).contains(exception);
        assertThat(rules.expired(lastSecond)).isEmpty();
        assertThat(rules.exception("old.example", midnight)).isEmpty();
        assertThat(rules.expired(midnight)).containsExactly(exception);
    }

    @Test
    void expiredExceptionShouldNotHideOneThatCounts() {
        PolicyException farther = exception(".example", "2028-01-01");
        DestinationRules rules =
                new DestinationRules(List.of(), List.of(exception("old.example", "2027-01-01"), farther));
        assertThat(rules.exception("old.example", NOON)).contains(farther);
    }

    /** Counts steps, not time: one more label is one more hash access, ten thousand more rules are none. */
    @Test
    void lookUpShouldNotDependOnTheNumberOfRules() {
        List<DestinationRule> many = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(destination("d" + i + ".example", TlsLevel.ENCRYPT));
        }
        List<DomainMatch> asked = new ArrayList<>();
        DomainIndex<DestinationRule> index = new DomainIndex<>(many, DestinationRule::match);
        assertThat(index.find("a.b.d9999.example", rule -> asked.add(rule.match())))
                .isEmpty();
        assertThat(index.find("d9999.example", rule -> asked.add(rule.match()))).isPresent();
        assertThat(asked).containsExactly(DomainMatch.parse("d9999.example"));
    }
}
