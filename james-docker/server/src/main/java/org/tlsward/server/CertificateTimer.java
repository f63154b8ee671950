/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.annotation.PreDestroy;
import org.apache.james.lifecycle.api.Startable;

/** Lets {@link CertificateWatch} look every few seconds. */
final class CertificateTimer implements Startable {

    private static final long SECONDS = 5;

    private final CertificateWatch watch;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificate-watch");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    CertificateTimer(CertificateWatch watch) {
        this.watch = watch;
    }

    void start() {
        var unused = executor.scheduleWithFixedDelay(watch::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }
}
