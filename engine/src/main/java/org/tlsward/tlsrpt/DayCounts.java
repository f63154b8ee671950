/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;

/**
 * The sessions of one day of UTC, by domain, policy and kind of failure. Its size is bounded, since strangers choose names and policies:
 * what comes after is counted together or, if it is a new domain, left out. Not thread-safe.
 */
final class DayCounts {
    static final int MOST_DOMAINS = 10_000;
    static final int MOST_POLICIES = 8;
    static final int MOST_FAILURES = 64;
    /** All strings together; ten thousand domains with a policy of usual size need half of it. */
    static final int MOST_TEXT = 8 * 1024 * 1024;

    private final LocalDate day;
    private final Map<String, Map<PolicyInForce, Tally>> domains = new TreeMap<>();
    private int textLength;
    private long leftOut;

    private static final class Tally {
        private long successful;
        private long failed;
        private final Map<FailureDetail, Long> failures = new LinkedHashMap<>();
    }

    DayCounts(LocalDate day) {
        this.day = day;
    }

    /** As it was stored. */
    DayCounts(LocalDate day, Map<String, List<PolicySummary>> stored, long leftOut) {
        this(day);
        stored.forEach((domain, summaries) -> {
            domains.put(domain, new LinkedHashMap<>());
            textLength += domain.length();
            for (PolicySummary summary : summaries) {
                Tally tally = new Tally();
                tally.successful = summary.successful();
                tally.failed = summary.failed();
                summary.failures().forEach(some -> {
                    tally.failures.merge(some.detail(), some.sessions(), Long::sum);
                    textLength += some.detail().textLength();
                });
                domains.get(domain).put(summary.policy(), tally);
                textLength += summary.policy().textLength();
            }
        });
        this.leftOut = leftOut;
    }

    LocalDate day() {
        return day;
    }

    int textLength() {
        return textLength;
    }

    /** Sessions with domains that came when there was no more room. */
    long leftOut() {
        return leftOut;
    }

    void add(ObservedSession session) {
        if (!session.isReportable()) {
            return;
        }
        Map<PolicyInForce, Tally> policies = domains.get(session.domain());
        if (policies == null) {
            if (domains.size() >= MOST_DOMAINS || textLength >= MOST_TEXT) {
                leftOut++;
                return;
            }
            policies = new LinkedHashMap<>();
            domains.put(session.domain(), policies);
            textLength += session.domain().length();
        }
        for (ObservedSession.Verdict verdict : session.verdicts()) {
            Tally tally = tally(session.domain(), policies, verdict.policy());
            if (verdict.failure().isPresent()) {
                tally.failed++;
                addFailure(tally, verdict.failure().get());
            } else {
                tally.successful++;
            }
        }
    }

    private Tally tally(String domain, Map<PolicyInForce, Tally> policies, PolicyInForce policy) {
        Tally present = policies.get(policy);
        if (present != null) {
            return present;
        }
        boolean full = policies.size() >= MOST_POLICIES || textLength >= MOST_TEXT;
        PolicyInForce key = full ? policy.other(domain) : policy;
        return policies.computeIfAbsent(key, added -> {
            textLength += added.textLength();
            return new Tally();
        });
    }

    private void addFailure(Tally tally, FailureDetail detail) {
        boolean full = tally.failures.size() >= MOST_FAILURES || textLength >= MOST_TEXT;
        FailureDetail key = full && !tally.failures.containsKey(detail) ? detail.other() : detail;
        if (tally.failures.merge(key, 1L, Long::sum) == 1L) {
            textLength += key.textLength();
        }
    }

    /** The domains that there are counts of. */
    List<String> domains() {
        return List.copyOf(domains.keySet());
    }

    /** The counts of a domain; none if there are none. */
    List<PolicySummary> of(String domain) {
        return domains.getOrDefault(domain, Map.of()).entrySet().stream()
                .map(entry -> new PolicySummary(
                        entry.getKey(),
                        entry.getValue().successful,
                        entry.getValue().failed,
                        entry.getValue().failures.entrySet().stream()
                                .map(some -> new CountedFailure(some.getKey(), some.getValue()))
                                .toList()))
                .toList();
    }
}
