/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question to the outside at a time for each domain; whoever asks meanwhile gets the same answer. The first asker works in its own
 * thread, so a slow domain holds up nobody but those who write to it.
 */
final class SingleFlight {
    private static final Logger LOGGER = LoggerFactory.getLogger(SingleFlight.class);

    /** Longer than all limits of DNS and fetching together. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final Map<String, CompletableFuture<StsAnswer>> running = new ConcurrentHashMap<>();
    private final Set<String> queued = ConcurrentHashMap.newKeySet();
    private final Executor background;

    SingleFlight(Executor background) {
        this.background = background;
    }

    /** The answer of {@code work}, or of the same work that somebody else is at already. */
    StsAnswer join(String domain, Supplier<StsAnswer> work) {
        CompletableFuture<StsAnswer> mine = new CompletableFuture<>();
        CompletableFuture<StsAnswer> other = running.putIfAbsent(domain, mine);
        if (other != null) {
            return await(other);
        }
        StsAnswer answer = new StsAnswer.LookupFailed("the look-up broke off");
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            // Nobody knows, so mail waits; and a mistake of ours never reaches a delivery.
            LOGGER.error("the MTA-STS policy of {} could not be found out", domain, e);
            answer = new StsAnswer.LookupFailed("the policy could not be found out: " + e);
        } finally {
            running.remove(domain, mine);
            mine.complete(answer);
        }
        return answer;
    }

    /** The same in the background, once. */
    void later(String domain, Supplier<StsAnswer> work) {
        if (!queued.add(domain)) {
            return;
        }
        try {
            background.execute(() -> {
                queued.remove(domain);
                join(domain, work);
            });
        } catch (RejectedExecutionException e) {
            queued.remove(domain);
            LOGGER.debug("closed: the MTA-STS policy of {} is not looked at", domain);
        }
    }

    private static StsAnswer await(CompletableFuture<StsAnswer> other) {
        try {
            return other.get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StsAnswer.LookupFailed("interrupted while the policy was looked up");
        } catch (ExecutionException | TimeoutException e) {
            return new StsAnswer.LookupFailed("the policy is still being looked up");
        }
    }
}
