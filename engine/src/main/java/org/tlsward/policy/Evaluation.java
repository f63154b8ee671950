/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.policy.PeerCertificate.Chain;

/**
 * Compares requirements with facts. Pure and total.
 *
 * <p>{@code authenticated} depends on the company it is in: names and pins of our own rules prove who the peer is, so the whole of
 * what is required has to be known to judge a part of it.
 *
 * @param facts what was seen
 * @param whole everything that is required together
 */
record Evaluation(Facts facts, Requirement whole) {

    /** What proves that a peer is the right one and that whoever answers our DNS queries cannot forge. */
    enum Proof {
        DANE,
        MTA_STS,
        NAMES_OF_OURS,
        PIN
    }

    /** Conditions of {@code required} that are not met, in the order of {@link Reason}. Before connecting: those that cannot be. */
    List<Shortfall> of(Requirement required) {
        List<Shortfall> shortfalls = new ArrayList<>();
        satisfiable(required, shortfalls);
        host(required, shortfalls);
        if (facts.tls() instanceof TlsAttempt.Established established) {
            session(required, established.peer(), shortfalls);
            certificate(required, established.peer().certificate(), shortfalls);
            identity(required, established.peer(), shortfalls);
        } else if (!required.isEmpty()) {
            withoutTls().ifPresent(shortfalls::add);
        }
        // One word is said once, and in the order of an attempt: the first is the most telling.
        Set<Reason> said = EnumSet.noneOf(Reason.class);
        return shortfalls.stream()
                .filter(shortfall -> said.add(shortfall.reason()))
                .sorted(Comparator.comparing(Shortfall::reason))
                .toList();
    }

    private static void satisfiable(Requirement required, List<Shortfall> shortfalls) {
        if (required.never()) {
            shortfalls.add(new Shortfall(Reason.NEVER_BY_MAIL, "not by e-mail at all"));
        } else if (required.isUnsatisfiable()) {
            shortfalls.add(new Shortfall(Reason.CONFIGURATION_ERROR, "no server can meet all rules together"));
        }
    }

    /** What no session with this host could change. */
    private void host(Requirement required, List<Shortfall> shortfalls) {
        Candidate candidate = facts.candidate();
        // RFC 7672 §2.2.1: with DANE demanded and an insecure MX answer, delivery is delayed whatever else vouches for
        // the host.
        if (required.daneRequired() && !facts.daneMayBeRequired()) {
            shortfalls.add(noDane());
        }
        // RFC 8689 §4.2.1: the name of the MX host comes by DNSSEC or is confirmed by MTA-STS.
        if (required.requireTls() && !facts.hostIsTrusted()) {
            shortfalls.add(new Shortfall(
                    Reason.MX_NOT_TRUSTED,
                    candidate.host() + " is named by neither DNSSEC nor an enforced MTA-STS policy"));
        }
        if (required.authenticated() && !canBeAuthenticated()) {
            shortfalls.add(notAuthenticated());
        }
    }

    private Shortfall noDane() {
        String host = facts.candidate().host();
        return switch (facts.tlsa()) {
            case LOOKUP_FAILED -> new Shortfall(Reason.DNSSEC_FAILED, "TLSA look-up of " + host + " failed");
            case USABLE -> new Shortfall(
                    Reason.DANE_REQUIRED,
                    host + " has TLSA records, but DNSSEC does not secure that it is the host of "
                            + facts.candidate().nextHop());
            case NONE, UNUSABLE -> new Shortfall(Reason.DANE_REQUIRED, host + " has no usable TLSA record");
        };
    }

    private boolean canBeAuthenticated() {
        return facts.daneMayProve()
                || mtaStsMayProve()
                || hasNamesOfOurs()
                || whole.pins().isPresent();
    }

    /** RFC 8461 §2: MTA-STS never rescues where DANE fails, or where nobody knows whether it would. */
    private boolean mtaStsMayProve() {
        return facts.mtaSts() == MtaSts.ENFORCE
                && (facts.tlsa() == TlsaRecords.NONE || facts.tlsa() == TlsaRecords.UNUSABLE);
    }

    private boolean hasNamesOfOurs() {
        return whole.nextHopName() || whole.names().isPresent();
    }

    private Shortfall notAuthenticated() {
        String host = facts.candidate().host();
        if (facts.tlsa() == TlsaRecords.LOOKUP_FAILED) {
            return noDane();
        }
        return switch (facts.mtaSts()) {
            case LOOKUP_FAILED, NOT_FETCHED -> new Shortfall(
                    Reason.POLICY_UNAVAILABLE,
                    "the MTA-STS policy of " + facts.candidate().nextHop() + " is not known");
            case ENFORCE_MX_MISMATCH -> new Shortfall(
                    Reason.MTASTS_MX_MISMATCH,
                    host + " is not in the policy of " + facts.candidate().nextHop());
            default -> new Shortfall(
                    Reason.MX_NOT_TRUSTED,
                    "neither DANE, MTA-STS, names of a rule nor a pin prove that " + host + " is right");
        };
    }

    private Optional<Shortfall> withoutTls() {
        TlsAttempt attempt = facts.tls();
        if (attempt instanceof TlsAttempt.NotOffered notOffered) {
            return Optional.of(new Shortfall(Reason.TLS_NOT_OFFERED, notOffered.seen()));
        }
        if (attempt instanceof TlsAttempt.Failed failed) {
            return Optional.of(new Shortfall(failed.reason(), failed.seen()));
        }
        if (attempt instanceof TlsAttempt.Interrupted interrupted) {
            return Optional.of(new Shortfall(Reason.TLS_HANDSHAKE_FAILED, interrupted.seen()));
        }
        return Optional.empty();
    }

    private static void session(Requirement required, PeerTls peer, List<Shortfall> shortfalls) {
        boolean oldest = required.minimum()
                .filter(minimum -> peer.version()
                        .filter(version -> version.atLeast(minimum))
                        .isEmpty())
                .isPresent();
        if (oldest) {
            shortfalls.add(new Shortfall(Reason.TLS_VERSION_TOO_LOW, peer.protocol()));
        }
        if ((required.encrypted() && !peer.isSound()) || (required.forwardSecrecy() && !peer.isForwardSecret())) {
            shortfalls.add(new Shortfall(Reason.TLS_CIPHER_TOO_WEAK, peer.cipherSuite()));
        }
    }

    private void certificate(Requirement required, PeerCertificate certificate, List<Shortfall> shortfalls) {
        if (required.validChain() && certificate.chain() != Chain.VALID) {
            shortfalls.add(badChain(certificate));
        }
        if ((required.mxName() && !isForMx(certificate))
                || (required.nextHopName() && !isForNextHop(certificate))
                || required.names()
                        .filter(names -> !certificate.isForAny(names))
                        .isPresent()) {
            shortfalls.add(otherName(certificate));
        }
        if (required.pins().filter(pins -> !certificate.isOneOf(pins)).isPresent()) {
            shortfalls.add(otherFingerprint(certificate));
        }
        // RFC 7672 §2.2: records that match nothing are a failure, whatever else would vouch for the peer.
        if (required.daneRequired() && facts.tlsa() == TlsaRecords.USABLE && !certificate.tlsaMatch()) {
            shortfalls.add(new Shortfall(Reason.DANE_MISMATCH, "no TLSA record matches the certificate"));
        }
    }

    private void identity(Requirement required, PeerTls peer, List<Shortfall> shortfalls) {
        PeerCertificate certificate = peer.certificate();
        Set<Proof> proofs = proofs(certificate);
        if (required.authenticated() && proofs.isEmpty() && canBeAuthenticated()) {
            shortfalls.add(unproven(certificate));
        }
        if (required.requireTls()) {
            boolean byChain = certificate.chain() == Chain.VALID && isForMx(certificate);
            // RFC 8689 §4.2.1: verified by a chain or by DANE; a name or a pin of ours is the stricter check of the
            // same.
            if (proofs.isEmpty() && !byChain) {
                shortfalls.add(certificate.chain() == Chain.VALID ? otherName(certificate) : badChain(certificate));
            }
            if (!peer.requireTlsListed()) {
                shortfalls.add(new Shortfall(Reason.REQUIRETLS_UNSUPPORTED, "REQUIRETLS is not listed inside TLS"));
            }
        }
    }

    /** Everything that proves this peer. */
    Set<Proof> proofs(PeerCertificate certificate) {
        Set<Proof> proofs = EnumSet.noneOf(Proof.class);
        boolean valid = certificate.chain() == Chain.VALID;
        if (facts.daneMayProve() && certificate.tlsaMatch()) {
            proofs.add(Proof.DANE);
        }
        if (mtaStsMayProve() && valid && isForMx(certificate)) {
            proofs.add(Proof.MTA_STS);
        }
        boolean named = whole.names().map(certificate::isForAny).orElse(true)
                && (!whole.nextHopName() || isForNextHop(certificate));
        if (hasNamesOfOurs() && valid && named) {
            proofs.add(Proof.NAMES_OF_OURS);
        }
        if (whole.pins().filter(certificate::isOneOf).isPresent()) {
            proofs.add(Proof.PIN);
        }
        return proofs;
    }

    /** Which of the ways to prove the peer went wrong; the strongest that there is tells. */
    private Shortfall unproven(PeerCertificate certificate) {
        if (facts.daneMayProve()) {
            return new Shortfall(Reason.DANE_MISMATCH, "no TLSA record matches the certificate");
        }
        if (!mtaStsMayProve() && !hasNamesOfOurs()) {
            return otherFingerprint(certificate);
        }
        return certificate.chain() == Chain.VALID ? otherName(certificate) : badChain(certificate);
    }

    private boolean isForMx(PeerCertificate certificate) {
        return certificate.isFor(facts.candidate().host());
    }

    private boolean isForNextHop(PeerCertificate certificate) {
        return certificate.isForOrBelow(facts.candidate().nextHop());
    }

    private static Shortfall badChain(PeerCertificate certificate) {
        return new Shortfall(
                certificate.chain() == Chain.EXPIRED ? Reason.CERTIFICATE_EXPIRED : Reason.CERTIFICATE_UNTRUSTED,
                certificate.detail());
    }

    private static Shortfall otherName(PeerCertificate certificate) {
        return new Shortfall(
                Reason.CERTIFICATE_NAME_MISMATCH, "certificate names " + String.join(", ", certificate.dnsNames()));
    }

    private static Shortfall otherFingerprint(PeerCertificate certificate) {
        return new Shortfall(
                Reason.FINGERPRINT_MISMATCH,
                certificate.sha256().stream().findFirst().orElse("no certificate"));
    }
}
