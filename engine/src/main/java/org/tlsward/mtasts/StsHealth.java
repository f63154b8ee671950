/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/** What an admin has to know about remembered policies: they get lost with the disk, or end soon. */
final class StsHealth {
    private static final String COMPONENT = "mta-sts";
    private static final int MOST_SHOWN = 10;
    private static final Duration WEEK = Duration.ofDays(7);

    private final PolicyMemory memory;
    private final StsDisk disk;

    StsHealth(PolicyMemory memory, StsDisk disk) {
        this.memory = memory;
        this.disk = disk;
    }

    List<HealthProblem> problems(Instant now) {
        List<HealthProblem> problems = new ArrayList<>();
        disk.trouble().ifPresent(why -> problems.add(unhealthy(why)));
        disk.store().damaged().entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(file ->
                        problems.add(degraded("the policy in " + file.getKey() + " is lost and will be fetched again: "
                                + file.getValue() + "; remove the file if the domain gets no mail any more")));
        if (memory.full()) {
            problems.add(
                    degraded("there is no room for further policies: those of new domains are fetched for every mail"));
        }
        memory.all()
                .flatMap(entry -> ending(entry.getKey(), entry.getValue(), now).stream())
                .limit(MOST_SHOWN)
                .forEach(problems::add);
        return problems;
    }

    private static Optional<HealthProblem> ending(String domain, DomainState state, Instant now) {
        return state.inForce(now)
                .filter(HeldPolicy::demands)
                .filter(held -> !now.isBefore(held.until().minus(notice(held))))
                .flatMap(held -> state.setback()
                        .map(setback -> degraded("the policy of " + domain
                                + " could not be renewed since " + setback.since() + " and ends at " + held.until()
                                + ": "
                                + setback.why() + "; after that mail to this domain is no longer protected by it")));
    }

    private static Duration notice(HeldPolicy held) {
        Duration quarter = held.policy().maxAge().dividedBy(4);
        return quarter.compareTo(WEEK) < 0 ? quarter : WEEK;
    }

    private static HealthProblem degraded(String message) {
        return new HealthProblem(Severity.DEGRADED, COMPONENT, message);
    }

    private static HealthProblem unhealthy(String message) {
        return new HealthProblem(Severity.UNHEALTHY, COMPONENT, message);
    }
}
