/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

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

/** The line {@code TLS certificate} in James' health check. */
public final class CertificateHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("TLS certificate");

    private final CertificateWatch watch;

    @Inject
    CertificateHealthCheck(CertificateWatch watch) {
        this.watch = watch;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromSupplier(() -> result(watch.problems()));
    }

    private static Result result(List<HealthProblem> problems) {
        if (problems.isEmpty()) {
            return Result.healthy(NAME);
        }
        String messages = problems.stream().map(HealthProblem::message).collect(Collectors.joining("; "));
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.UNHEALTHY)
                ? Result.unhealthy(NAME, messages)
                : Result.degraded(NAME, messages);
    }
}
