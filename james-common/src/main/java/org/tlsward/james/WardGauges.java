/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.apache.james.metrics.api.GaugeRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/**
 * How things are at the moment, as numbers, computed when somebody asks: how much waits and is quarantined, what an operator has stopped,
 * whether evidence and DNSSEC work. What cannot be told is {@code NaN}. {@code docs/metrics.md} lists the names.
 */
@Singleton
public class WardGauges {
    private static final Logger LOGGER = LoggerFactory.getLogger(WardGauges.class);

    /** What it asks. */
    static final class Sources {
        private final WardHealth health;
        private final WardEvidence evidence;
        private final OutgoingMail outgoing;
        private final EmergencyStops stops;
        private final ServerFacts facts;
        private final QuarantineSizes quarantines;

        @Inject
        Sources(
                WardHealth health,
                WardEvidence evidence,
                OutgoingMail outgoing,
                EmergencyStops stops,
                ServerFacts facts,
                QuarantineSizes quarantines) {
            this.health = health;
            this.evidence = evidence;
            this.outgoing = outgoing;
            this.stops = stops;
            this.facts = facts;
            this.quarantines = quarantines;
        }
    }

    private final GaugeRegistry gauges;
    private final Sources sources;

    /** Guice calls this. */
    @Inject
    WardGauges(GaugeRegistry gauges, Sources sources) {
        this.gauges = gauges;
        this.sources = sources;
    }

    /** Shows them from now on; once more changes nothing. */
    public void begin() {
        Registrar all = new Registrar(gauges);
        all.add("health_state", () -> state(sources.health.problems()));
        all.add("health_problems", () -> sources.health.problems().size());
        all.add("evidence_available", () -> sources.evidence.isAvailable() ? 1 : 0);
        all.add("waiting_mails", () -> waiting(sources.outgoing));
        all.add("quarantined_mails", sources.quarantines::sum);
        all.add("held_destinations", () -> sources.outgoing.held().size());
        all.add("emergency_stops", () -> sources.stops.inForce().size());
        all.add("emergency_tls_off", () -> sources.stops.tlsLimits().off().isPresent() ? 1 : 0);
        all.add(
                "emergency_server_stopped",
                () -> sources.stops.tlsLimits().server().isPresent() ? 1 : 0);
        all.add("dnssec_works", () -> sources.facts
                .dnssecWorks()
                .map(works -> works ? 1.0 : 0.0)
                .orElse(Double.NaN));
        all.add("mta_sts_policies", () -> sources.facts.rememberedPolicies().size());
    }

    private static double waiting(OutgoingMail outgoing) {
        try {
            return outgoing.size();
        } catch (IOException e) {
            LOGGER.warn("waiting mail cannot be counted: {}", e.toString());
            return Double.NaN;
        }
    }

    /** 0 healthy, 1 degraded, 2 unhealthy. */
    private static double state(List<HealthProblem> problems) {
        if (problems.isEmpty()) {
            return 0;
        }
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.UNHEALTHY) ? 2 : 1;
    }

    /** Registers under our names. */
    private record Registrar(GaugeRegistry gauges) {
        void add(String name, DoubleSupplier value) {
            gauges.register(MetricNames.PREFIX + name, value::getAsDouble);
        }
    }
}
