/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;
import org.tlsward.policy.PeerCertificate.Chain;

/** Requirements, sessions and facts from a small world of names, so that they often have to do with each other. */
final class PolicyArbitraries extends DomainContextBase {
    private static final List<String> DOMAINS =
            List.of("partner.example", "mx.partner.example", "a.mx.partner.example", "other.example", "example");

    @Provide
    static Arbitrary<NamePattern> patterns() {
        return Combinators.combine(Arbitraries.of(DOMAINS), Arbitraries.of(true, false))
                .as(NamePattern::new);
    }

    /** Names of certificates, with and without a wildcard. */
    static Arbitrary<String> dnsNames() {
        return Combinators.combine(Arbitraries.of("", "*.", "x."), Arbitraries.of(DOMAINS))
                .as(String::concat);
    }

    @Provide
    static Arbitrary<Requirement> requirements() {
        Arbitrary<Set<NamePattern>> names = patterns().set().ofMaxSize(3);
        Arbitrary<Set<String>> pins = Arbitraries.of(Fixtures.PIN, Fixtures.OTHER_PIN, "cc".repeat(32))
                .set()
                .ofMaxSize(3);
        Arbitrary<Requirement> flags = Arbitraries.of(TlsLevel.values()).map(TlsLevel::requirement);
        return Combinators.combine(
                        flags,
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.of(TlsVersion.values()).optional(0.3),
                        names.optional(0.3),
                        pins.optional(0.3))
                .as(PolicyArbitraries::requirement);
    }

    private static Requirement requirement(
            Requirement level,
            int bits,
            Optional<TlsVersion> minimum,
            Optional<Set<NamePattern>> names,
            Optional<Set<String>> pins) {
        RequirementBuilder builder = Requirement.builder();
        when((bits & 1) > 0, builder::requireTls);
        when((bits & 2) > 0, builder::forwardSecrecy);
        when((bits & 4) > 0, builder::validChain);
        when((bits & 8) > 0, builder::authenticated);
        minimum.ifPresent(builder::minimum);
        names.map(TreeSet::new).ifPresent(builder::names);
        pins.map(all -> (Collection<String>) all).ifPresent(builder::pins);
        return builder.build().join(level);
    }

    private static void when(boolean set, Runnable condition) {
        if (set) {
            condition.run();
        }
    }

    static Arbitrary<PeerCertificate> certificates() {
        return Combinators.combine(
                        Arbitraries.of(Chain.values()),
                        dnsNames().list().ofMaxSize(3),
                        Arbitraries.of(Fixtures.PIN, Fixtures.OTHER_PIN, "dd".repeat(32)),
                        Arbitraries.of(true, false))
                .as((chain, names, pin, tlsaMatch) ->
                        new PeerCertificate(chain, "", names, Set.of(), List.of(pin), tlsaMatch));
    }

    static Arbitrary<TlsAttempt> sessions() {
        Arbitrary<String> suites = Arbitraries.of(
                "TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DH_anon_WITH_AES_128_GCM_SHA256");
        return Combinators.combine(
                        Arbitraries.of("TLSv1.3", "TLSv1.2", "TLSv1", "TLSv9"),
                        suites,
                        certificates(),
                        Arbitraries.of(true, false))
                .as((protocol, suite, certificate, listed) ->
                        new TlsAttempt.Established(new PeerTls(protocol, suite, certificate, listed)));
    }

    static Arbitrary<TlsAttempt> attempts() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, sessions()),
                net.jqwik.api.Tuple.of(
                        4,
                        Arbitraries.of(
                                new TlsAttempt.NotYet(),
                                new TlsAttempt.NotOffered("no STARTTLS"),
                                new TlsAttempt.Interrupted("reset"),
                                new TlsAttempt.Failed(Reason.TLS_VERSION_TOO_LOW, "protocol_version"),
                                new TlsAttempt.Failed(Reason.TLS_HANDSHAKE_FAILED, "internal_error"))));
    }

    @Provide
    static Arbitrary<Demand> demands() {
        return Combinators.combine(
                        requirements().list().ofMaxSize(2),
                        requirements().optional(0.3),
                        requirements().optional(0.3),
                        Arbitraries.integers().between(0, 31))
                .as(PolicyArbitraries::demand);
    }

    private static Demand demand(
            List<Requirement> marks, Optional<Requirement> excepted, Optional<Requirement> observed, int bits) {
        DemandBuilder builder = Demand.builder().recipientClasses(List.of(Fixtures.general()));
        marks.forEach(mark -> builder.mark("mark", mark));
        observed.ifPresent(stricter -> builder.destination(new DestinationRule(
                new DomainMatch.Any(),
                new DestinationRule.DestinationDemand(TlsLevel.NONE, Requirement.NOTHING, Optional.of(stricter)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
        excepted.ifPresent(instead -> builder.exception(new PolicyException(
                new DomainMatch.Any(),
                TlsLevel.MAY,
                instead,
                "test",
                java.time.LocalDate.MAX.minusYears(1),
                (bits & 1) > 0)));
        if ((bits & 2) > 0) {
            builder.tlsRequiredNo();
        }
        if ((bits & 4) > 0) {
            builder.requireTls();
        }
        if ((bits & 24) == 24) {
            builder.ownTlsReport();
        }
        return builder.build();
    }

    @Provide
    static Arbitrary<Facts> facts() {
        return Combinators.combine(
                        demands(),
                        Arbitraries.of(Candidate.Origin.values()),
                        Arbitraries.of(TlsaRecords.values()),
                        Arbitraries.of(MtaSts.values()),
                        attempts())
                .as((demand, origin, tlsa, mtaSts, attempt) -> new Facts(
                        demand, new Candidate(Fixtures.MX, Fixtures.NEXT_HOP, origin), tlsa, mtaSts, attempt));
    }
}
