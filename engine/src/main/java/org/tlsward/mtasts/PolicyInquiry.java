/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.HostLookup;

/** Asks the outside about one domain: first its record, then, if there is reason to, its policy host (RFC 8461 §3). */
final class PolicyInquiry {
    private final HostLookup dns;
    private final PolicyFetcher fetcher;
    private final PolicyMemory memory;
    private final PolicyKeeper keeper;
    private final Clock clock;

    /** What the record says now. */
    private sealed interface RecordNow {}

    private record Published(String id) implements RecordNow {}

    private record Nothing(String why) implements RecordNow {}

    private record Unknown(String why) implements RecordNow {}

    PolicyInquiry(HostLookup dns, PolicyFetcher fetcher, PolicyMemory memory, PolicyKeeper keeper, Clock clock) {
        this.dns = dns;
        this.fetcher = fetcher;
        this.memory = memory;
        this.keeper = keeper;
        this.clock = clock;
    }

    /** Fetches if there is no policy in force, or if the record has another id. */
    StsAnswer ask(String domain) {
        Instant now = clock.instant();
        Optional<HeldPolicy> held = inForce(domain, now);
        RecordNow record = record(domain);
        if (record instanceof Unknown unknown) {
            return keeper.failed(
                    domain, Setback.Cause.RECORD, unknown.why(), new StsAnswer.LookupFailed(unknown.why()), now);
        }
        if (record instanceof Published published) {
            return held.filter(policy -> policy.id().equals(published.id()))
                    .map(policy -> keeper.unchanged(domain, policy, now))
                    .orElseGet(() -> fetch(domain, published.id()));
        }
        return gone(domain, (Nothing) record, now);
    }

    /**
     * Fetches although the record is as it was, so that the life of the policy begins anew (RFC 8461 §3.3); also if the record is gone
     * or cannot be asked for, so that whoever answers for DNS alone cannot make a policy end (§10.2).
     */
    StsAnswer renew(String domain) {
        RecordNow record = record(domain);
        if (record instanceof Published published) {
            return fetch(domain, published.id());
        }
        return inForce(domain, clock.instant())
                .map(held -> fetch(domain, held.id()))
                .orElseGet(() -> ask(domain));
    }

    /** RFC 8461 §3.3: that the record is gone does not end a policy. */
    private StsAnswer gone(String domain, Nothing nothing, Instant now) {
        return keeper.failed(domain, Setback.Cause.RECORD, nothing.why(), new StsAnswer.None(), now);
    }

    private StsAnswer fetch(String domain, String id) {
        Instant now = clock.instant();
        StsFetch fetch = fetcher.fetch(domain);
        if (fetch instanceof StsFetch.Fetched fetched) {
            return keeper.fetched(domain, new HeldPolicy(fetched.policy(), id, now));
        }
        if (fetch instanceof StsFetch.Postponed postponed) {
            return inForce(domain, now)
                    .<StsAnswer>map(HeldPolicy::answer)
                    .orElseGet(() -> new StsAnswer.LookupFailed(postponed.why()));
        }
        StsFetch.Failed failed = (StsFetch.Failed) fetch;
        return keeper.failed(
                domain,
                Setback.Cause.POLICY,
                failed.why(),
                new StsAnswer.NotFetched(failed.failure().word(), failed.why()),
                clock.instant());
    }

    private Optional<HeldPolicy> inForce(String domain, Instant now) {
        return memory.of(domain).flatMap(state -> state.inForce(now));
    }

    private RecordNow record(String domain) {
        DnsAnswer<String> answer = dns.txt("_mta-sts." + domain);
        if (answer instanceof DnsAnswer.Failed<String> failed) {
            return new Unknown("the TXT record of _mta-sts." + domain + " cannot be looked up: " + failed.why());
        }
        if (answer instanceof DnsAnswer.Found<String> found) {
            StsRecord.Reading reading = StsRecord.parse(found.records());
            return reading instanceof StsRecord.Found record
                    ? new Published(record.record().id())
                    : new Nothing("_mta-sts." + domain + ": " + ((StsRecord.Unusable) reading).why());
        }
        return new Nothing("there is no TXT record at _mta-sts." + domain);
    }
}
