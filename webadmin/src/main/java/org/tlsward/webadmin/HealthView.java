/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import java.util.List;
import java.util.Locale;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.version.Version;

/**
 * What is wrong, for people and programs.
 *
 * @param status {@code healthy}, {@code degraded} or {@code unhealthy}
 * @param version of TLS Ward, with its date
 * @param problems what is wrong now
 */
record HealthView(String status, String version, List<Entry> problems) {

    /**
     * One problem.
     *
     * @param severity {@code degraded} or {@code unhealthy}
     * @param component what is concerned
     * @param message what happened and what to do
     */
    record Entry(String severity, String component, String message) {}

    static HealthView of(List<HealthProblem> problems) {
        boolean unhealthy = problems.stream().anyMatch(problem -> problem.severity() == Severity.UNHEALTHY);
        String bad = unhealthy ? word(Severity.UNHEALTHY) : word(Severity.DEGRADED);
        return new HealthView(
                problems.isEmpty() ? "healthy" : bad,
                Version.running().toString(),
                problems.stream()
                        .map(problem -> new Entry(word(problem.severity()), problem.component(), problem.message()))
                        .toList());
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
