/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(PolicyArbitraries.class)
@Domain(net.jqwik.api.domains.DomainContext.Global.class)
class NamePatternTest {
    /** Every name of the small world, so that sets of names can be compared by listing them. */
    private static final List<String> WORLD = List.of(
            "example",
            "partner.example",
            "mx.partner.example",
            "a.mx.partner.example",
            "x.a.mx.partner.example",
            "x.partner.example",
            "other.example",
            "x.other.example",
            "partner.example.org");

    @ParameterizedTest
    @CsvSource({
        "mx.example.org, mx.example.org, true",
        "mx.example.org, MX.Example.ORG., true",
        "mx.example.org, mx2.example.org, false",
        "mx.example.org, a.mx.example.org, false",
        ".example.org, mx.example.org, true",
        ".example.org, a.mx.example.org, true",
        ".example.org, example.org, false",
        ".example.org, notexample.org, false",
        "bücher.example, xn--bcher-kva.example, true",
        "mx.example.org, not a name, false",
        "mx.example.org, '', false",
        ".example.org, *.example.org, false"
    })
    void matchesShouldCompareNames(String pattern, String name, boolean expected) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(expected);
    }

    /** RFC 9525 §6.3, and what a wildcard means for a pattern. */
    @ParameterizedTest
    @CsvSource({
        "mx.example.org, mx.example.org, true",
        "mx.example.org, *.example.org, true",
        "mx.example.org, *.org, false",
        "a.mx.example.org, *.example.org, false",
        "example.org, *.example.org, false",
        "mx.example.org, m*.example.org, false",
        "mx.example.org, *x.example.org, false",
        "mx.example.org, *, false",
        "mx.example.org, *., false",
        "mx.example, *.example, false",
        ".example.org, *.example.org, true",
        ".example.org, *.mx.example.org, true",
        ".mx.example.org, *.example.org, false",
        ".example.org, *.org, false",
        ".org, *.org, false",
        ".example.org, *.*.example.org, false"
    })
    void isCarriedByShouldKnowWildcards(String pattern, String dnsName, boolean expected) {
        assertThat(NamePattern.parse(pattern).isCarriedBy(dnsName)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..example",
                "*.example.org",
                "mx..example",
                "-a.example",
                "a_.example..",
                "straße.example"
            })
    void parseShouldRefuse(String text) {
        assertThatThrownBy(() -> NamePattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("expected: a host name like mx.example.org");
    }

    @Property
    void intersectionShouldMeanTheNamesOfBoth(@ForAll NamePattern a, @ForAll NamePattern b) {
        for (String name : WORLD) {
            boolean inBoth = a.matches(name) && b.matches(name);
            assertThat(a.intersect(b).filter(both -> both.matches(name)).isPresent())
                    .as(name)
                    .isEqualTo(inBoth);
        }
    }

    @Property
    void coveringShouldMeanEveryName(@ForAll NamePattern a, @ForAll NamePattern b) {
        if (a.covers(b)) {
            assertThat(WORLD.stream().filter(b::matches)).allMatch(a::matches);
        }
        assertThat(a.covers(b) && b.covers(a)).isEqualTo(a.equals(b));
    }

    @Property
    void whoeverCarriesTheNarrowShouldCarryTheWide(@ForAll NamePattern wide, @ForAll NamePattern narrow) {
        for (String name : WORLD) {
            for (String dnsName : List.of(name, "*." + name)) {
                if (wide.covers(narrow) && narrow.isCarriedBy(dnsName)) {
                    assertThat(wide.isCarriedBy(dnsName)).as(dnsName).isTrue();
                }
            }
        }
    }

    @Property
    void reducedSetsShouldMeanTheSame(@ForAll Set<NamePattern> patterns) {
        NavigableSet<NamePattern> reduced = NameSets.reduce(new TreeSet<>(patterns));
        assertThat(names(reduced)).isEqualTo(names(patterns));
        assertThat(patterns).containsAll(reduced);
    }

    @Property
    void intersectedSetsShouldMeanTheNamesOfBoth(@ForAll Set<NamePattern> a, @ForAll Set<NamePattern> b) {
        NavigableSet<NamePattern> both = NameSets.intersect(
                        Optional.of(new TreeSet<>(a)), Optional.of(new TreeSet<>(b)))
                .orElseThrow();
        List<String> expected = names(a).stream().filter(names(b)::contains).toList();
        assertThat(names(both)).isEqualTo(expected);
    }

    private static List<String> names(Set<NamePattern> patterns) {
        return WORLD.stream()
                .filter(name -> patterns.stream().anyMatch(pattern -> pattern.matches(name)))
                .toList();
    }
}
