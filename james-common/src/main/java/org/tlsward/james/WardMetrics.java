/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceType;
import org.tlsward.evidence.RecordedObservation;
import org.tlsward.evidence.RecordedRule;

/**
 * Counts what {@link EvidenceRecord}s tell: the same facts, without the mails. {@code docs/metrics.md} lists the names.
 *
 * <p>Counting never throws: no mail waits for a number.
 */
@Singleton
public class WardMetrics {
    private final MetricFactory metrics;

    /** Guice calls this. */
    @Inject
    public WardMetrics(MetricFactory metrics) {
        this.metrics = metrics;
    }

    /** Counts one outcome of one recipient, by class, level of its rules, TLS, reason and what was only observed. */
    public void count(EvidenceRecord record) {
        boolean outgoing = record.type() == EvidenceType.ATTEMPT;
        String way = MetricNames.PREFIX + (outgoing ? "out_" : "in_");
        String name = way + record.result().outcome().word();
        count(name);
        record.judgement().classes().stream()
                .map(MetricNames::word)
                .distinct()
                .forEach(word -> count(name + "_class_" + word));
        count(name + "_tls_" + MetricNames.tls(record.tls()));
        record.result().reason().map(MetricNames::reason).ifPresent(word -> count(name + "_reason_" + word));
        if (outgoing) {
            levels(record.judgement().rules()).forEach(level -> count(name + "_level_" + level));
        }
        record.judgement().observations().stream()
                .map(RecordedObservation::reason)
                .distinct()
                .forEach(reason -> count(way + "observed_reason_" + MetricNames.reason(reason)));
    }

    private static List<String> levels(List<RecordedRule> rules) {
        return rules.stream()
                .map(RecordedRule::level)
                .flatMap(Optional::stream)
                .map(MetricNames::word)
                .distinct()
                .toList();
    }

    /** Counts one of something. */
    public void count(String name) {
        count(name, 1);
    }

    /** Counts some at once. */
    public void count(String name, int some) {
        metrics.generate(name).add(some);
    }

    /** Begins to measure a time; it is published when it is stopped, and not if it never is. */
    public TimeMetric time(String name) {
        return metrics.timer(name);
    }
}
