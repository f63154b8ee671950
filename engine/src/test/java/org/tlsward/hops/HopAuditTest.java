/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.hops.Hop.Place;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.IpNetwork;

class HopAuditTest {
    private static final OwnHosts OWN =
            new OwnHosts(List.of(IpNetwork.parse("10.0.0.0/8")), Set.of("MX.klinik.example."));
    private static final String TLS_1_3 =
            "from a.fern.example (a [192.0.2.7]) (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256) by mx.klinik.example (J) with ESMTPS";
    private static final String TLS_1_2 =
            "from c (c [192.0.2.8]) by a.fern.example with esmtps (TLS1.2:ECDHE_RSA_AES_128_GCM_SHA256:128)";
    private static final String TLS_1_0 = "from d (d [192.0.2.9]) by c with ESMTPS (version=TLS1_0 cipher=AES128-SHA)";
    private static final String SOME_TLS = "from e (e [192.0.2.10]) by d with ESMTPS";
    private static final String PLAIN = "from f (f [10.1.2.3]) by e with ESMTP";
    private static final String NOTHING = "(qmail 1 invoked from network)";

    private static HopAudit audit(InboundMinimum minimum, String... bodies) {
        return HopAudit.of(List.of(bodies), OWN, minimum);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, MET, MET, MET, MET, MET, MET",
        "ANY, MET, MET, MET, MET, BELOW, UNKNOWN",
        "TLS_1_2, MET, MET, BELOW, UNKNOWN, BELOW, UNKNOWN",
        "TLS_1_3, MET, BELOW, BELOW, UNKNOWN, BELOW, UNKNOWN"
    })
    void hopShouldBeJudgedAgainstTheMinimum(
            InboundMinimum minimum,
            HopVerdict modern,
            HopVerdict usual,
            HopVerdict old,
            HopVerdict some,
            HopVerdict plain,
            HopVerdict nothing) {
        assertThat(audit(minimum, TLS_1_3, TLS_1_2, TLS_1_0, SOME_TLS, PLAIN, NOTHING)
                        .hops())
                .extracting(Hop::verdict)
                .containsExactly(modern, usual, old, some, plain, nothing);
    }

    @Test
    void chainShouldBeAsGoodAsItsWorstHop() {
        assertThat(audit(InboundMinimum.TLS_1_2, TLS_1_3, TLS_1_2).verdict()).isEqualTo(HopVerdict.MET);
        assertThat(audit(InboundMinimum.TLS_1_2, TLS_1_3, SOME_TLS).verdict()).isEqualTo(HopVerdict.UNKNOWN);
        assertThat(audit(InboundMinimum.TLS_1_2, TLS_1_3, NOTHING, PLAIN, TLS_1_2)
                        .verdict())
                .isEqualTo(HopVerdict.BELOW);
    }

    @Test
    void chainWithoutLinesShouldBeUnknown() {
        assertThat(audit(InboundMinimum.ANY).verdict()).isEqualTo(HopVerdict.UNKNOWN);
        assertThat(audit(InboundMinimum.NONE).verdict()).isEqualTo(HopVerdict.MET);
    }

    @Test
    void onlyTheTopmostLineOfOursShouldBeTrusted() {
        HopAudit audit = audit(InboundMinimum.ANY, SOME_TLS, TLS_1_3, PLAIN, TLS_1_3);

        assertThat(audit.hops()).extracting(Hop::trusted).containsExactly(false, true, false, false);
        assertThat(audit.ours()).contains(audit.hops().get(1));
        assertThat(HopAudit.of(List.of(TLS_1_3), new OwnHosts(List.of(), Set.of()), InboundMinimum.ANY)
                        .ours())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from f (f [10.1.2.3]) by e with ESMTP, INTERNAL",
        "from f (f [127.0.0.1]) by e with ESMTP, LOOPBACK",
        "from f (f [IPv6:::1]) by e with ESMTP, LOOPBACK",
        "from f (f [192.0.2.1]) by e with ESMTP, EXTERNAL",
        "from f by e with ESMTP, UNKNOWN"
    })
    void networksOfOursShouldBeLabelledAndNotExcused(String body, Place place) {
        Hop hop = audit(InboundMinimum.ANY, body).hops().get(0);

        assertThat(hop.place()).isEqualTo(place);
        assertThat(hop.verdict()).isEqualTo(HopVerdict.BELOW);
    }

    @Test
    void handOverShouldBeLabelled() {
        assertThat(audit(InboundMinimum.ANY, NOTHING).hops().get(0).place()).isEqualTo(Place.HAND_OVER);
    }

    @Test
    void linesBeyondTheLimitShouldMakeAChainUnknown() {
        assertThat(HopAudit.of(Collections.nCopies(100, TLS_1_3), OWN, InboundMinimum.ANY)
                        .verdict())
                .isEqualTo(HopVerdict.MET);

        HopAudit thousand = HopAudit.of(Collections.nCopies(1000, TLS_1_3), OWN, InboundMinimum.ANY);

        assertThat(thousand.hops()).hasSize(100);
        assertThat(thousand.unread()).isEqualTo(900);
        assertThat(thousand.verdict()).isEqualTo(HopVerdict.UNKNOWN);
    }

    /** Read once from left to right, and no more of it than the audit keeps: a reader with backtracking would not come to the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "((a",
                "\"",
                "\\",
                "from ",
                "(using TLS",
                "a:",
                "[",
                "1:",
                ";",
                "\u00e4",
                " ",
                "=",
                "\u0000"
            })
    void thousandLinesOfHundredKilobytesShouldBeRead(String part) {
        String body = "from x (" + part.repeat(100_000 / part.length());

        HopAudit audit = HopAudit.of(Collections.nCopies(1000, body), OWN, InboundMinimum.ANY);

        assertThat(audit.verdict()).isEqualTo(HopVerdict.UNKNOWN);
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> parts = Arbitraries.of(
                "from",
                "by",
                "with",
                "id",
                "for",
                "tls",
                "via",
                "(",
                ")",
                ";",
                "\"",
                "\\",
                " ",
                "\r\n ",
                "ESMTP",
                "ESMTPS",
                "using",
                "TLSv1.3",
                "cipher",
                "version=TLS1_2",
                "TLS1.2:",
                "[10.0.0.1]",
                "mx.klinik.example",
                "23 Nov 2026 09:15:00 +0100",
                "\u20ac");
        return Arbitraries.oneOf(parts, Arbitraries.strings().ofMaxLength(5))
                .list()
                .ofMaxSize(30)
                .map(list -> String.join(" ", list));
    }

    @Property(tries = 2000)
    void anotherHopShouldNeverMakeAChainBetter(@ForAll("lines") String one, @ForAll("lines") String two) {
        for (InboundMinimum minimum : InboundMinimum.values()) {
            HopVerdict alone = audit(minimum, one).verdict();
            assertThat(audit(minimum, one, two).verdict()).isGreaterThanOrEqualTo(alone);
            assertThat(audit(minimum, two, one).verdict()).isGreaterThanOrEqualTo(alone);
        }
    }

    @Property(tries = 2000)
    void strongerMinimumShouldNeverBeMetMoreEasily(@ForAll("lines") String line) {
        HopVerdict weaker = HopVerdict.MET;
        for (InboundMinimum minimum : InboundMinimum.values()) {
            HopVerdict verdict = audit(minimum, line).verdict();
            assertThat(verdict).isGreaterThanOrEqualTo(weaker);
            weaker = verdict;
        }
    }

    /** However a line is folded, it says the same. */
    @Property(tries = 500)
    void foldingShouldChangeNothing(@ForAll("lines") String line) {
        String folded = line.replace(" ", "\r\n\t");

        assertThat(ReceivedLine.parse(folded)).isEqualTo(ReceivedLine.parse(folded.replace("\r\n\t", " \t ")));
    }

    /** A name that a client chooses, where the server keeps it on one line as all do, never turns cleartext into TLS. */
    @Property(tries = 2000)
    void nameOfAClientShouldNeverBeTls(@ForAll("lines") String name) {
        assertThat(ReceivedLine.parse("from x (EHLO " + name + ") ([192.0.2.7]) by b (JAMES) with ESMTP ID 1; now")
                        .tls())
                .isNotInstanceOf(HopTls.Encrypted.class);
    }
}
