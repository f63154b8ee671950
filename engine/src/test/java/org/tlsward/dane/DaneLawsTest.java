/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tlsward.dane.DaneKit.HOST;
import static org.tlsward.dane.DaneKit.foreign;
import static org.tlsward.dane.DaneKit.record;
import static org.tlsward.dane.DaneKit.verify;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.tlsward.dns.TlsaRecord;

/** What holds of every set of records. */
class DaneLawsTest {
    private static final DaneKit KIT = new DaneKit();
    private static final List<List<X509Certificate>> CHAINS = List.of(
            KIT.good.chain(),
            List.of(KIT.good.leaf()),
            KIT.ca.expired(HOST).chain(),
            KIT.ca.selfSigned(HOST).chain(),
            KIT.ca.good("other.example").chain());
    private static final List<TlsaRecord> USABLE = usable();
    private static final List<TlsaRecord> UNUSABLE = List.of(
            record(0, 1, 1, KIT.good.leaf()),
            record(1, 1, 2, KIT.good.leaf()),
            new TlsaRecord(4, 1, 1, record(3, 1, 1, KIT.good.leaf()).data()),
            new TlsaRecord(3, 2, 2, record(3, 1, 2, KIT.good.leaf()).data()),
            new TlsaRecord(3, 1, 3, record(3, 1, 2, KIT.good.leaf()).data()),
            new TlsaRecord(3, 1, 2, record(3, 1, 1, KIT.good.leaf()).data()),
            new TlsaRecord(2, 1, 2, ""),
            new TlsaRecord(2, 0, 0, "3000"),
            new TlsaRecord(3, 1, 0, "ff"));

    private static List<TlsaRecord> usable() {
        List<TlsaRecord> all = new ArrayList<>();
        for (int usage = 2; usage <= 3; usage++) {
            for (int selector = 0; selector <= 1; selector++) {
                for (int matching = 0; matching <= 2; matching++) {
                    for (List<X509Certificate> chain : CHAINS) {
                        all.add(record(usage, selector, matching, chain.get(0)));
                    }
                    all.add(record(usage, selector, matching, KIT.ca.intermediate()));
                    all.add(foreign(usage, selector, matching));
                }
            }
        }
        return List.copyOf(all);
    }

    @Provide
    Arbitrary<TlsaRecord> good() {
        return Arbitraries.of(USABLE);
    }

    @Provide
    Arbitrary<TlsaRecord> bad() {
        return Arbitraries.of(UNUSABLE);
    }

    @Provide
    Arbitrary<List<TlsaRecord>> zone() {
        return Combinators.combine(good().list().ofMaxSize(4), bad().list().ofMaxSize(2))
                .as((first, second) -> {
                    List<TlsaRecord> all = new ArrayList<>(first);
                    all.addAll(second);
                    return all;
                });
    }

    @Provide
    Arbitrary<List<X509Certificate>> chain() {
        return Arbitraries.of(CHAINS);
    }

    private static DaneVerdict judge(List<X509Certificate> chain, List<TlsaRecord> zone) {
        return verify(chain, zone.toArray(TlsaRecord[]::new));
    }

    private static List<TlsaRecord> with(List<TlsaRecord> zone, TlsaRecord more) {
        List<TlsaRecord> all = new ArrayList<>(zone);
        all.add(more);
        return all;
    }

    @Property(tries = 300)
    void unusableRecordShouldChangeNothing(
            @ForAll("chain") List<X509Certificate> chain,
            @ForAll("zone") List<TlsaRecord> zone,
            @ForAll("bad") TlsaRecord unusable) {
        DaneVerdict verdict = judge(chain, zone);
        Statistics.collect(verdict.matches());
        assertThat(judge(chain, with(zone, unusable))).isEqualTo(verdict);
    }

    @Property(tries = 300)
    void orderShouldChangeNothing(
            @ForAll("chain") List<X509Certificate> chain, @ForAll("zone") List<TlsaRecord> zone, @ForAll long seed) {
        List<TlsaRecord> shuffled = new ArrayList<>(zone);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(judge(chain, shuffled)).isEqualTo(judge(chain, zone));
    }

    /** Alone it matches, so together with others it does, unless one of them has the stronger digest of its kind. */
    @Property(tries = 300)
    void matchingRecordShouldMatchAmongOthersUnlessOutranked(
            @ForAll("chain") List<X509Certificate> chain,
            @ForAll("zone") List<TlsaRecord> zone,
            @ForAll("good") TlsaRecord record) {
        boolean alone = judge(chain, List.of(record)).matches();
        List<TlsaRecord> all = with(zone, record);
        boolean outranked = !TlsaSet.of(all).used().contains(record);
        Statistics.collect(alone, outranked);
        if (alone && !outranked) {
            assertThat(judge(chain, all).matches()).isTrue();
        }
    }

    /** A record that counts can only help, unless it outranks the digest that has matched. */
    @Property(tries = 300)
    void oneMoreRecordShouldLoseNoMatchUnlessItOutranks(
            @ForAll("chain") List<X509Certificate> chain,
            @ForAll("zone") List<TlsaRecord> zone,
            @ForAll("good") TlsaRecord record) {
        boolean outranks = record.matching() == 2
                && TlsaSet.of(zone).used().stream()
                        .anyMatch(other -> other.matching() == 1
                                && other.usage() == record.usage()
                                && other.selector() == record.selector());
        boolean before = judge(chain, zone).matches();
        Statistics.collect(before, outranks);
        if (before && !outranks) {
            assertThat(judge(chain, with(zone, record)).matches()).isTrue();
        }
    }

    /** A set says what its records say one by one, after digest agility: no record needs another. */
    @Property(tries = 300)
    void setShouldMatchIfOneOfItsRecordsDoes(
            @ForAll("chain") List<X509Certificate> chain, @ForAll("zone") List<TlsaRecord> zone) {
        boolean one = TlsaSet.of(zone).used().stream()
                .anyMatch(record -> judge(chain, List.of(record)).matches());
        Statistics.collect(one);
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
        assertThat(judge(chain, zone).matches()).isEqualTo(one);
    }
}
