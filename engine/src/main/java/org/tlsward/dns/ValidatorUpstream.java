/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/**
 * Gives the validator of dnsjava what it asks for: an answer that is prepared, or one from the servers. It never gives it an error of
 * a server, because the validator would call that bogus. A query that failed is remembered, because the validator forgets it where it
 * proves a denial.
 */
final class ValidatorUpstream implements Resolver {
    private final Upstream upstream;

    ValidatorUpstream(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        Budget budget = (Budget) executor;
        Optional<Message> prepared = budget.prepared(Question.of(query));
        return prepared.isPresent()
                ? CompletableFuture.completedFuture(prepared.get())
                : upstream.ask(query, budget)
                        .thenApply(Upstream.Reply::message)
                        .whenComplete((message, thrown) -> Optional.ofNullable(thrown)
                                .map(LookupFailure::of)
                                .ifPresent(budget::failed));
    }

    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException();
    }

    /** The validator calls it; our servers are set that way. */
    @Override
    public void setIgnoreTruncation(boolean flag) {}

    /** The validator calls it to ask for signatures; our servers are set that way. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
