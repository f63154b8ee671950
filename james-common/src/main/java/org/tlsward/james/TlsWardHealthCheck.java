/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import reactor.core.publisher.Mono;

/**
 * The state of TLS Ward for {@code GET /healthcheck} of WebAdmin. In {@code healthcheck.properties}:
 *
 * <pre><code>
 * additional.healthchecks=org.tlsward.james.TlsWardHealthCheck
 * </code></pre>
 *
 * <p>Degraded: mail flows and is protected, but not as configured last, or not for long. Unhealthy: protected mail cannot flow.
 */
public class TlsWardHealthCheck implements HealthCheck {
    private static final ComponentName NAME = new ComponentName("TLS Ward");

    private final WardHealth health;

    /** Guice calls this. */
    @Inject
    public TlsWardHealthCheck(WardHealth health) {
        this.health = health;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(() -> result(health.problems()));
    }

    static Result result(List<HealthProblem> problems) {
        if (problems.isEmpty()) {
            return Result.healthy(NAME);
        }
        String cause = problems.stream()
                .map(problem -> problem.component() + ": " + problem.message())
                .collect(Collectors.joining("; "));
        boolean unhealthy = problems.stream().anyMatch(problem -> problem.severity() == Severity.UNHEALTHY);
        return unhealthy ? Result.unhealthy(NAME, cause) : Result.degraded(NAME, cause);
    }
}
