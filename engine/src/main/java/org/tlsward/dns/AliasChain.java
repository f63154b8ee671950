/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * Follows aliases link by link. Every link is asked for and proven by itself, whatever else a server put beside it, so that no link
 * can lend its security, or its lack of it, to another. The chain is secure if every link is (RFC 7672 §2.1.3).
 */
final class AliasChain implements Findings {
    private static final int MOST_ALIASES = 8;
    private static final Duration LONGEST_TTL = Duration.ofDays(1);
    private static final Duration FAILURE_TTL = Duration.ofSeconds(15); // RFC 2308 §7: at most five minutes

    private final Links links;
    private final Duration limit;

    /** Gives up after the limit. */
    AliasChain(Links links, Duration limit) {
        this.links = links;
        this.limit = limit;
    }

    /**
     * How far it got.
     *
     * @param asked the first name
     * @param at the name to ask now
     * @param security of the links so far
     * @param ttl of the links so far
     * @param aliases how many links
     */
    private record Way(Question asked, Name at, Security security, Duration ttl, int aliases) {

        Way over(Link.Alias alias) {
            Security whole = both(security, alias.security());
            return new Way(asked, alias.target(), whole, shorter(ttl, alias.ttl()), aliases + 1);
        }

        Finding at(Link end) {
            Optional<String> canonical = aliases == 0 ? Optional.empty() : Optional.of(hostName(at));
            if (end instanceof Link.Records found) {
                Security whole = both(security, found.security());
                return new Finding(new Found<>(found.records(), whole, canonical), shorter(ttl, found.ttl()));
            }
            Link.Nothing nothing = (Link.Nothing) end;
            Security whole = both(security, nothing.security());
            return new Finding(new Absent<>(nothing.nameExists(), whole), shorter(ttl, nothing.ttl()));
        }
    }

    @Override
    public CompletableFuture<Finding> find(Question question) {
        Budget budget = new Budget(limit);
        Way start = new Way(question, question.name(), Security.SECURE, LONGEST_TTL, 0);
        return CompletableFuture.completedFuture(start)
                .thenCompose(way -> follow(way, budget)) // what it throws is a failure too
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(thrown -> failed(question, LookupFailure.of(thrown)));
    }

    private CompletableFuture<Finding> follow(Way way, Budget budget) {
        if (way.aliases() > MOST_ALIASES) {
            return CompletableFuture.failedFuture(
                    new LookupFailure(Trouble.SERVER, "more than " + MOST_ALIASES + " aliases, or a circle of them"));
        }
        Question here = new Question(way.at(), way.asked().type());
        return links.link(here, budget)
                .thenCompose(link -> link instanceof Link.Alias alias
                        ? follow(way.over(alias), budget)
                        : CompletableFuture.completedFuture(way.at(link)));
    }

    private static Finding failed(Question question, LookupFailure failure) {
        String why = "look-up of " + question + " failed: " + failure.getMessage();
        return new Finding(new Failed<Record>(failure.trouble(), why), FAILURE_TTL);
    }

    /** As {@link MxHost} has it: in lower case, without the trailing dot, empty for the root. */
    static String hostName(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }

    static Security both(Security one, Security other) {
        return one == Security.SECURE ? other : Security.INSECURE;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
