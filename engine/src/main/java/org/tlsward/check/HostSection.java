/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.delivery.DaneFacts;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.delivery.HostFacts;
import org.tlsward.policy.Decision.Refuse;
import org.tlsward.policy.NamePattern;
import org.tlsward.policy.PeerTls;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsVersion;
import org.tlsward.smtp.Failure;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.smtp.VersionProbe;

/** One address of one MX host, step by step. */
final class HostSection {
    private static final Duration SOON = Duration.ofDays(14);

    private final HostAttempt attempt;
    private final ServerName server;
    private final CheckContext context;
    private final SectionBuilder section;

    private HostSection(HostAttempt attempt, ServerName server, CheckContext context) {
        this.attempt = attempt;
        this.server = server;
        this.context = context;
        this.section = new SectionBuilder(server.host().map(name -> name + " ").orElse("") + "["
                + server.address().getAddress().getHostAddress() + "]:"
                + server.address().getPort());
    }

    /** The section of an attempt; empty if no host was chosen. */
    static Optional<Section> of(HostAttempt attempt, CheckContext context) {
        return attempt.circumstances().server().map(server -> new HostSection(attempt, server, context).build());
    }

    private Section build() {
        TlsAttempt tls = attempt.tls();
        if (tls instanceof TlsAttempt.Established established) {
            section.row(Mark.OK, "STARTTLS", "works");
            established(established.peer());
        } else if (tls instanceof TlsAttempt.NotOffered notOffered) {
            section.row(Mark.FAIL, "STARTTLS", notOffered.seen(), "switch on STARTTLS at this host");
        } else if (tls instanceof TlsAttempt.Failed failed) {
            section.row(
                    Mark.FAIL,
                    "STARTTLS",
                    failed.reason().word() + ": " + failed.seen(),
                    "see the log of this host: the handshake fails there");
        } else if (tls instanceof TlsAttempt.Interrupted interrupted) {
            section.row(Mark.UNKNOWN, "STARTTLS", interrupted.seen(), "try again");
        } else if (attempt.failure().isEmpty()
                && attempt.circumstances().decision().orElse(null) instanceof Refuse) {
            section.row(Mark.NOT_APPLICABLE, "connection", "not connected to: " + attempt.note());
        } else {
            String why = attempt.failure().map(Failure::explanation).orElse(attempt.note());
            section.row(Mark.UNKNOWN, "connection", why, "is the host up, and port 25 open from here?");
        }
        attempt.circumstances().host().ifPresent(this::published);
        return section.build();
    }

    private void established(PeerTls peer) {
        section.row(Mark.OK, "TLS", peer.protocol() + ", " + peer.cipherSuite());
        versions();
        attempt.circumstances().tls().ifPresent(this::certificate);
        if (peer.requireTlsListed()) {
            section.row(Mark.OK, "REQUIRETLS", "offered");
        } else {
            section.row(
                    Mark.NOT_APPLICABLE,
                    "REQUIRETLS",
                    "not offered: mail whose sender asks for it comes back (RFC 8689)");
        }
    }

    private void versions() {
        context.progress("which versions of TLS does " + server + " speak?");
        VersionProbe probe = new VersionProbe(
                context.outbound().connection(),
                context.outbound().judge(),
                context.outbound().limits());
        List<String> spoken = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (TlsVersion version : VersionProbe.askable()) {
            Optional<Failure> failure = probe.failure(server, version);
            (failure.isEmpty() ? spoken : refused).add(version.protocol());
        }
        String text = String.join(", ", spoken) + (refused.isEmpty() ? "" : "; not " + String.join(", ", refused));
        if (spoken.contains(TlsVersion.TLS_1_3.protocol())) {
            section.row(Mark.OK, "versions", text + " (older ones are not asked for)");
        } else {
            section.row(Mark.WARNING, "versions", text, "switch on TLSv1.3");
        }
    }

    private void certificate(TlsPeer peer) {
        if (peer.verdict().isValid()) {
            section.row(Mark.OK, "chain", "leads to a CA that we trust");
        } else {
            section.row(
                    Mark.WARNING,
                    "chain",
                    peer.verdict()
                                    .trust()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' ') + ": " + peer.verdict().detail(),
                    "a certificate of a public CA with all intermediate ones, or DANE");
        }
        names(peer);
        peer.leaf().ifPresent(this::endDate);
    }

    private void names(TlsPeer peer) {
        String names = peer.dnsNames().isEmpty() ? "no DNS name" : String.join(", ", peer.dnsNames());
        boolean carried = server.host()
                .map(NamePattern::parse)
                .filter(expected -> peer.dnsNames().stream().anyMatch(expected::isCarriedBy))
                .isPresent();
        if (carried || server.host().isEmpty()) {
            section.row(Mark.OK, "names", names);
        } else {
            section.row(
                    Mark.WARNING,
                    "names",
                    names + " (not " + server.displayName() + ")",
                    "a certificate with the subjectAltName " + server.displayName());
        }
    }

    private void endDate(X509Certificate leaf) {
        Instant end = leaf.getNotAfter().toInstant();
        Instant now = context.clock().instant();
        String day = end.atZone(ZoneOffset.UTC).toLocalDate().toString();
        if (end.isBefore(now)) {
            section.row(Mark.FAIL, "end date", day + ": it is over", "renew the certificate");
        } else if (end.isBefore(now.plus(SOON))) {
            section.row(Mark.WARNING, "end date", day, "renew the certificate soon");
        } else {
            section.row(Mark.OK, "end date", day);
        }
    }

    private void published(HostFacts facts) {
        dane(facts.published().dane(), facts.dane());
        switch (facts.published().mtaSts().state()) {
            case ENFORCE -> section.row(Mark.OK, "MTA-STS", "the policy names this host, and is enforced");
            case ENFORCE_MX_MISMATCH -> section.row(
                    Mark.FAIL,
                    "MTA-STS",
                    "the policy is enforced and does not name this host: nobody who obeys it sends mail here",
                    "an \"mx:\" line for this host in the policy, and a new id in the TXT record");
            case TESTING -> section.row(Mark.OK, "MTA-STS", "the policy names this host (testing)");
            case TESTING_MX_MISMATCH -> section.row(
                    Mark.WARNING,
                    "MTA-STS",
                    "the policy does not name this host (testing)",
                    "an \"mx:\" line for this host in the policy, and a new id in the TXT record");
            case NONE, NOT_FETCHED, LOOKUP_FAILED -> {
                // Told once, for the domain.
            }
        }
    }

    private void dane(DaneFacts facts, Optional<DaneVerdict> verdict) {
        switch (facts.state()) {
            case NONE -> section.row(
                    Mark.NOT_APPLICABLE,
                    "DANE",
                    facts.detail().isEmpty() ? "no TLSA records that count" : facts.detail());
            case LOOKUP_FAILED -> section.row(
                    Mark.FAIL,
                    "DANE",
                    "the TLSA records cannot be looked up: " + facts.detail(),
                    "mend the zone of this host: until then senders with DANE do not deliver");
            case UNUSABLE -> section.row(
                    Mark.WARNING,
                    "DANE",
                    "none of its TLSA records is of a kind that counts for mail",
                    "publish 3 1 1 (RFC 7672 §3.1)");
            case USABLE -> matched(facts, verdict);
        }
    }

    private void matched(DaneFacts facts, Optional<DaneVerdict> verdict) {
        if (verdict.isEmpty()) {
            section.row(Mark.UNKNOWN, "DANE", facts.records().size() + " TLSA records, and no certificate to compare");
        } else if (verdict.get().matches()) {
            section.row(Mark.OK, "DANE", verdict.get().detail());
        } else {
            section.row(
                    Mark.FAIL,
                    "DANE",
                    verdict.get().detail(),
                    "publish the record of the certificate in use; nobody with DANE delivers here until then");
        }
    }
}
