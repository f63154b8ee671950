/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import com.google.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.apache.james.core.healthcheck.ComponentName;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Red while no mail can be taken, yellow while mails that left a queue undelivered wait for a human. */
public final class DurableQueueHealthCheck implements HealthCheck {

    private static final ComponentName NAME = new ComponentName("Mail queue on disk");

    private final DurableMailQueueFactory queues;

    @Inject
    DurableQueueHealthCheck(DurableMailQueueFactory queues) {
        this.queues = queues;
    }

    @Override
    public ComponentName componentName() {
        return NAME;
    }

    @Override
    public Publisher<Result> check() {
        return Mono.fromCallable(this::look);
    }

    private Result look() throws IOException {
        Optional<String> failure = queues.failure();
        if (failure.isPresent()) {
            return Result.unhealthy(NAME, failure.get());
        }
        long aside = queues.countSetAside();
        return aside == 0
                ? Result.healthy(NAME)
                : Result.degraded(
                        NAME,
                        aside + " mails that were not delivered are in var/queue/rejected and "
                                + "var/queue/damaged; deliver them by hand or delete them");
    }
}
