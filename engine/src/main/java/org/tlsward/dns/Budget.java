/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.Message;

/**
 * What one question may cost, all queries that its validation causes included: who chooses names and signatures must not choose our
 * work (CVE-2023-50387, CVE-2023-50868). The validator of dnsjava hands its executor down to every query that it makes, so the budget
 * travels as that executor.
 */
final class Budget implements Executor {
    private static final int MOST_QUERIES = 100;

    private final Executor threads = new CompletableFuture<Void>().defaultExecutor();
    private final AtomicInteger queries = new AtomicInteger();
    private final AtomicReference<LookupFailure> failure = new AtomicReference<>();
    private final Map<Question, Message> prepared = new ConcurrentHashMap<>();
    private final long end;

    Budget(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    @Override
    public void execute(Runnable command) {
        threads.execute(command);
    }

    /** Before every query to a server. */
    void spend() throws LookupFailure {
        if (System.nanoTime() - end >= 0) {
            throw new LookupFailure(Trouble.TIMEOUT, "no answer in time");
        }
        if (queries.incrementAndGet() > MOST_QUERIES) {
            throw new LookupFailure(Trouble.SERVER, "more than " + MOST_QUERIES + " queries for one answer");
        }
    }

    /** An answer that is here already, for the next time that somebody asks. */
    void prepare(Question question, Message answer) {
        prepared.put(question, answer);
    }

    Optional<Message> prepared(Question question) {
        return Optional.ofNullable(prepared.remove(question));
    }

    /** A query got no answer; a proof may have depended on it. */
    void failed(LookupFailure why) {
        failure.compareAndSet(null, why);
    }

    Optional<LookupFailure> failure() {
        return Optional.ofNullable(failure.get());
    }
}
