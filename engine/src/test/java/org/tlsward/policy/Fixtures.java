/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tlsward.policy.PeerCertificate.Chain;

/** A hospital, its partner, and the partner's server. */
final class Fixtures {
    static final String MX = "mx.partner.example";
    static final String NEXT_HOP = "partner.example";
    static final String PIN = "aa".repeat(32);
    static final String OTHER_PIN = "bb".repeat(32);
    static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();
    static final Requirement AUTHENTICATED = TlsLevel.AUTHENTICATED.requirement();
    static final TlsAttempt NO_TLS = new TlsAttempt.NotOffered("no STARTTLS");

    private Fixtures() {}

    static ClassRule classOf(String name, TlsLevel level) {
        return classOf(name, level, Duration.ofHours(4), Duration.ofDays(5));
    }

    static ClassRule classOf(String name, TlsLevel level, Duration warnAfter, Duration giveUpAfter) {
        return new ClassRule(
                name,
                InboundRule.NOTHING,
                new OutboundRule(level, level.requirement(), Optional.empty(), warnAfter, giveUpAfter),
                Map.of());
    }

    static ClassRule observing(String name, TlsLevel level, TlsLevel observe) {
        return new ClassRule(
                name,
                InboundRule.NOTHING,
                new OutboundRule(
                        level,
                        level.requirement(),
                        Optional.of(observe.requirement()),
                        Duration.ofMinutes(15),
                        Duration.ofHours(4)),
                Map.of());
    }

    static ClassRule medical() {
        return classOf("medical", TlsLevel.ENCRYPT, Duration.ofMinutes(15), Duration.ofHours(4));
    }

    static ClassRule general() {
        return classOf("general", TlsLevel.MAY);
    }

    static DestinationRule destination(String match, TlsLevel level, Requirement required) {
        return new DestinationRule(
                DomainMatch.parse(match),
                new DestinationRule.DestinationDemand(level, required, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static DestinationRule destination(String match, TlsLevel level) {
        return destination(match, level, level.requirement());
    }

    /** Demand of one rule that requires just that. */
    static Demand demanding(Requirement required) {
        return Demand.builder()
                .destination(destination(NEXT_HOP, TlsLevel.MAY, required))
                .build();
    }

    static Requirement names(String... patterns) {
        return Requirement.builder()
                .names(Arrays.stream(patterns).map(NamePattern::parse).collect(Collectors.toSet()))
                .build();
    }

    static Requirement pins(String... pins) {
        return Requirement.builder().pins(List.of(pins)).build();
    }

    /** Before connecting; nothing is published and nothing secured. */
    static Facts facts(Demand demand) {
        return new Facts(
                demand,
                new Candidate(MX, NEXT_HOP, Candidate.Origin.INSECURE_DNS),
                TlsaRecords.NONE,
                MtaSts.NONE,
                new TlsAttempt.NotYet());
    }

    static Facts facts(Demand demand, TlsaRecords tlsa, MtaSts mtaSts) {
        return new Facts(
                demand,
                new Candidate(MX, NEXT_HOP, Candidate.Origin.SECURE_DNS),
                tlsa,
                mtaSts,
                new TlsAttempt.NotYet());
    }

    static PeerCertificate certificate(Chain chain, boolean tlsaMatch, String... dnsNames) {
        return new PeerCertificate(
                chain, chain == Chain.VALID ? "" : "self-signed", List.of(dnsNames), Set.of(), List.of(PIN), tlsaMatch);
    }

    static TlsAttempt session(PeerCertificate certificate) {
        return session("TLSv1.3", "TLS_AES_128_GCM_SHA256", certificate);
    }

    static TlsAttempt session(String protocol, String suite, PeerCertificate certificate) {
        return new TlsAttempt.Established(new PeerTls(protocol, suite, certificate, false));
    }

    static TlsAttempt requireTlsSession(PeerCertificate certificate) {
        return new TlsAttempt.Established(new PeerTls("TLSv1.3", "TLS_AES_128_GCM_SHA256", certificate, true));
    }

    /** A certificate of a trusted CA for the MX host. */
    static TlsAttempt trusted() {
        return session(certificate(Chain.VALID, false, MX));
    }

    static TlsAttempt selfSigned() {
        return session(certificate(Chain.UNTRUSTED, false, MX));
    }

    /** Self-signed, and one of the TLSA records matches. */
    static TlsAttempt daneMatch() {
        return session(certificate(Chain.UNTRUSTED, true, MX));
    }

    /** What it comes to: {@code proceed}, or the word of the reason. */
    static String verdict(Facts facts) {
        Decision decision = PolicyEngine.decide(facts);
        return decision instanceof Decision.Refuse refuse ? refuse.reason().word() : "proceed";
    }

    static Decision.Refuse refusal(Facts facts) {
        return (Decision.Refuse) PolicyEngine.decide(facts);
    }

    static Decision.Proceed proceeding(Facts facts) {
        return (Decision.Proceed) PolicyEngine.decide(facts);
    }

    static InetAddress address(String digits) {
        return AddressLiteral.parse(digits).orElseThrow();
    }
}
