/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PeerCertificate;
import org.tlsward.policy.PeerCertificate.Chain;
import org.tlsward.smtp.TlsPeer;

/**
 * What each source says of a peer, in short words for evidence and log. All of them, whether they decided or not:
 *
 * <ul>
 *   <li>{@code chain-valid}, {@code chain-expired} ...: the chain, whatever names it carries;
 *   <li>{@code mx-name}, {@code next-hop-name}: a valid chain for the name of the host, or for the destination or a name below it;
 *   <li>{@code dane}, {@code dane-mismatch}; with {@code -insecure-mx} behind it where a match is no proof; {@code dane-unusable} and
 *       {@code dane-unknown} where records could not be used or looked up;
 *   <li>{@code mta-sts}, {@code mta-sts-certificate} (not valid for the host), {@code mta-sts-mx-mismatch}; with {@code -testing} behind it
 *       where the policy only tests; {@code mta-sts-not-fetched} and {@code mta-sts-unknown}.
 * </ul>
 */
public final class PeerVerdicts {
    private PeerVerdicts() {}

    /** The words about the host of these circumstances. */
    public static List<String> of(Circumstances at) {
        List<String> words = new ArrayList<>();
        at.tls().map(PeerVerdicts::chain).ifPresent(words::add);
        at.host().ifPresent(host -> at.tls().ifPresent(peer -> names(words, host, peer)));
        at.host().flatMap(PeerVerdicts::dane).ifPresent(words::add);
        at.host().flatMap(host -> mtaSts(host, at.tls())).ifPresent(words::add);
        return words;
    }

    private static String chain(TlsPeer peer) {
        return "chain-" + peer.verdict().trust().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void names(List<String> words, HostFacts host, TlsPeer peer) {
        PeerCertificate certificate = peer.facts(false, false).certificate();
        if (certificate.chain() != Chain.VALID) {
            return;
        }
        if (certificate.isFor(host.candidate().host())) {
            words.add("mx-name");
        }
        if (certificate.isForOrBelow(host.candidate().nextHop())) {
            words.add("next-hop-name");
        }
    }

    private static Optional<String> dane(HostFacts host) {
        return switch (host.published().dane().state()) {
            case NONE -> Optional.empty();
            case UNUSABLE -> Optional.of("dane-unusable");
            case LOOKUP_FAILED -> Optional.of("dane-unknown");
            case USABLE -> host.dane().map(verdict -> word(host, verdict));
        };
    }

    private static String word(HostFacts host, DaneVerdict verdict) {
        boolean insecure = host.candidate().origin() == Candidate.Origin.INSECURE_DNS
                && host.published().mtaSts().state() != MtaSts.ENFORCE;
        return (verdict.matches() ? "dane" : "dane-mismatch") + (insecure ? "-insecure-mx" : "");
    }

    private static Optional<String> mtaSts(HostFacts host, Optional<TlsPeer> peer) {
        return switch (host.published().mtaSts().state()) {
            case NONE -> Optional.empty();
            case ENFORCE -> peer.map(some -> certificate(host, some));
            case TESTING -> peer.map(some -> certificate(host, some) + "-testing");
            case ENFORCE_MX_MISMATCH -> Optional.of("mta-sts-mx-mismatch");
            case TESTING_MX_MISMATCH -> Optional.of("mta-sts-mx-mismatch-testing");
            case NOT_FETCHED -> Optional.of("mta-sts-not-fetched");
            case LOOKUP_FAILED -> Optional.of("mta-sts-unknown");
        };
    }

    /** RFC 8461 §4.2. */
    private static String certificate(HostFacts host, TlsPeer peer) {
        PeerCertificate certificate = peer.facts(false, false).certificate();
        boolean valid = certificate.chain() == Chain.VALID
                && certificate.isFor(host.candidate().host());
        return valid ? "mta-sts" : "mta-sts-certificate";
    }
}
