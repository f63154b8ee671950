/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.delivery.Circumstances;
import org.tlsward.delivery.DaneFacts;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.delivery.HostFacts;
import org.tlsward.delivery.StsFacts;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.Decision;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PeerCertificate;
import org.tlsward.policy.PeerCertificate.Chain;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.tlsrpt.FailureDetail;
import org.tlsward.tlsrpt.FailureDetail.Way;
import org.tlsward.tlsrpt.ObservedSession;
import org.tlsward.tlsrpt.ObservedSession.Verdict;
import org.tlsward.tlsrpt.PolicyInForce;
import org.tlsward.tlsrpt.ResultType;

/**
 * What an attempt with a host was worth by each policy of its destination, in the words of reports (RFC 8460 §4.3). What our own rules made
 * of it is nobody else's business, but that DANE is required.
 */
final class SessionVerdicts {
    private final HostFacts host;
    private final HostAttempt attempt;
    private final Way way;

    private SessionVerdicts(HostFacts host, HostAttempt attempt) {
        this.host = host;
        this.attempt = attempt;
        Circumstances at = attempt.circumstances();
        this.way = new Way(
                at.local().map(InetAddress::getHostAddress),
                Optional.of(host.candidate().host()),
                at.server().map(server -> server.address().getAddress().getHostAddress()));
    }

    /** The session; empty if there was none, and no policy that had forbidden it. */
    static Optional<ObservedSession> of(HostAttempt attempt) {
        return attempt.circumstances().host().flatMap(host -> new SessionVerdicts(host, attempt).session());
    }

    private Optional<ObservedSession> session() {
        List<Verdict> verdicts = new ArrayList<>();
        boolean byDane = dane(verdicts);
        boolean byMtaSts = mtaSts(verdicts);
        if (!byDane && !byMtaSts) {
            withoutPolicy().ifPresent(verdicts::add);
        }
        return verdicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObservedSession(host.candidate().nextHop(), verdicts));
    }

    /** True if DANE applies, whether the session came so far or not. */
    private boolean dane(List<Verdict> verdicts) {
        DaneFacts dane = host.published().dane();
        if (dane.state() == TlsaRecords.NONE) {
            return false;
        }
        PolicyInForce policy = PolicyInForce.tlsa(
                dane.base().orElse(host.candidate().host()),
                dane.records().stream().map(TlsaRecord::toString).toList());
        switch (dane.state()) {
            case LOOKUP_FAILED -> verdicts.add(failed(policy, ResultType.DNSSEC_INVALID, dane.detail()));
            case UNUSABLE -> verdicts.add(failed(policy, ResultType.TLSA_INVALID, "no usable TLSA record"));
            default -> byTls(policy, this::byRecords).ifPresent(verdicts::add);
        }
        return true;
    }

    /** RFC 8460 §4.3.2.1 has no word for records that are good and match nothing: it is the certificate that is not trusted. */
    private Optional<FailureDetail> byRecords(PeerCertificate certificate) {
        return host.dane().filter(DaneVerdict::matches).isPresent()
                ? Optional.empty()
                : Optional.of(failure(ResultType.CERTIFICATE_NOT_TRUSTED, Reason.DANE_MISMATCH.word()));
    }

    private boolean mtaSts(List<Verdict> verdicts) {
        StsFacts sts = host.published().mtaSts();
        if (sts.answer() instanceof StsAnswer.NotFetched notFetched) {
            ResultType type = ResultType.of(notFetched.failure()).orElse(ResultType.STS_POLICY_FETCH_ERROR);
            verdicts.add(failed(PolicyInForce.sts(sts.domain(), List.of(), List.of()), type, notFetched.why()));
            return true;
        }
        if (!(sts.answer() instanceof StsAnswer.Known known) || known.policy().mode() == StsPolicy.Mode.NONE) {
            return false; // where nobody knows whether there is a policy, there is nothing to report about
        }
        PolicyInForce policy = PolicyInForce.sts(
                sts.domain(), known.policy().lines(), known.policy().mx());
        if (sts.state() == MtaSts.ENFORCE_MX_MISMATCH || sts.state() == MtaSts.TESTING_MX_MISMATCH) {
            verdicts.add(failed(policy, ResultType.VALIDATION_FAILURE, Reason.MTASTS_MX_MISMATCH.word()));
        } else {
            byTls(policy, this::byChain).ifPresent(verdicts::add);
        }
        return true;
    }

    /** RFC 8461 §4.2. */
    private Optional<FailureDetail> byChain(PeerCertificate certificate) {
        if (certificate.chain() == Chain.EXPIRED) {
            return Optional.of(failure(ResultType.CERTIFICATE_EXPIRED, certificate.detail()));
        }
        if (certificate.chain() == Chain.UNTRUSTED) {
            return Optional.of(failure(ResultType.CERTIFICATE_NOT_TRUSTED, certificate.detail()));
        }
        return certificate.isFor(host.candidate().host())
                ? Optional.empty()
                : Optional.of(failure(
                        ResultType.CERTIFICATE_HOST_MISMATCH,
                        "certificate names " + String.join(", ", certificate.dnsNames())));
    }

    private Optional<Verdict> withoutPolicy() {
        PolicyInForce none = PolicyInForce.none(host.candidate().nextHop());
        boolean daneRequired = attempt.circumstances()
                .decision()
                .filter(decision ->
                        decision instanceof Decision.Refuse refuse && refuse.reason() == Reason.DANE_REQUIRED)
                .isPresent();
        return daneRequired
                ? Optional.of(failed(none, ResultType.DANE_REQUIRED, "no TLSA records that DNSSEC secures"))
                : byTls(none, certificate -> Optional.empty());
    }

    private interface CertificateTest {
        Optional<FailureDetail> failure(PeerCertificate certificate);
    }

    /** Empty if the host was not reached, or TLS not tried. */
    private Optional<Verdict> byTls(PolicyInForce policy, CertificateTest test) {
        TlsAttempt tls = attempt.tls();
        if (tls instanceof TlsAttempt.NotOffered notOffered) {
            return Optional.of(failed(policy, ResultType.STARTTLS_NOT_SUPPORTED, notOffered.seen()));
        }
        if (tls instanceof TlsAttempt.Failed failed) {
            return Optional.of(failed(policy, ResultType.VALIDATION_FAILURE, failed.seen()));
        }
        if (tls instanceof TlsAttempt.Interrupted interrupted) {
            return Optional.of(failed(policy, ResultType.VALIDATION_FAILURE, interrupted.seen()));
        }
        return tls instanceof TlsAttempt.Established established
                ? Optional.of(
                        new Verdict(policy, test.failure(established.peer().certificate())))
                : Optional.empty();
    }

    private Verdict failed(PolicyInForce policy, ResultType type, String reason) {
        return new Verdict(policy, Optional.of(failure(type, reason)));
    }

    private FailureDetail failure(ResultType type, String reason) {
        return FailureDetail.of(type, way, reason);
    }
}
