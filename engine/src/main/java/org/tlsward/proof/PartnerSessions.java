/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.PeerHost;
import org.tlsward.policy.DomainName;

/** What was seen of each destination since a moment. Its memory is bounded, whatever the log holds. */
public final class PartnerSessions implements EvidenceArchive.LineVisitor {
    private static final int MOST_DOMAINS = 20_000;

    private final Instant since;
    private final Optional<String> only;
    private final SortedMap<String, Partner> partners = new TreeMap<>();

    /** Of all destinations. */
    public PartnerSessions(Instant since) {
        this(since, Optional.empty());
    }

    /** Of one destination, if one is named. */
    public PartnerSessions(Instant since, Optional<String> domain) {
        this.since = since;
        this.only = domain;
    }

    @Override
    public void line(ArchivedLine line) {
        if (line.time().isBefore(since) || !line.type().equals(EvidenceType.ATTEMPT.word())) {
            return;
        }
        if (line.entry().orElse(null) instanceof EvidenceRecord record) {
            domain(record)
                    .filter(domain -> only.isEmpty() || only.get().equals(domain))
                    .flatMap(this::partner)
                    .ifPresent(partner -> partner.add(record, LocalDate.ofInstant(line.time(), ZoneOffset.UTC)));
        }
    }

    /** Address literals have no rules. */
    private static Optional<String> domain(EvidenceRecord record) {
        return record.peer().map(PeerHost::domain).flatMap(DomainName::canonicalOrEmpty);
    }

    private Optional<Partner> partner(String domain) {
        if (!partners.containsKey(domain) && partners.size() >= MOST_DOMAINS) {
            return Optional.empty();
        }
        return Optional.of(partners.computeIfAbsent(domain, Partner::new));
    }

    /** By domain. */
    public SortedMap<String, Partner> partners() {
        return Collections.unmodifiableSortedMap(partners);
    }

    Instant since() {
        return since;
    }
}
