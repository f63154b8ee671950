/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.dns.HostLookup;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.DomainName;

/**
 * The policies of other domains, in memory and on the disk. A policy that was fetched once stays in force until its end or until its
 * domain serves another, whatever happens to DNS and the policy host meanwhile (RFC 8461 §3.1, §3.3, §10.2).
 *
 * <p>Who asks by {@link #of} for a domain whose policy is in force waits for nothing: whether there is a new one is found out in the
 * background. Mail asks by {@link #latest}, which waits for that, but never because of the same domain twice within a few minutes.
 */
public final class StsCache implements StsPolicies, HealthSource, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StsCache.class);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final int MOST_DOMAINS = 100_000;
    private static final int MOST_RENEWALS = 200;

    /** {@code _mta-sts.DOMAIN} has to be a name itself (RFC 1035 §2.3.4). */
    private static final int LONGEST_DOMAIN = 253 - "_mta-sts.".length();

    private final PolicyInquiry inquiry;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private final RefreshPlan plan;
    private final PolicyMemory memory;
    private final PolicyKeeper keeper;
    private final StsHealth health;
    private final SingleFlight flights;

    StsCache(HostLookup dns, PolicyFetcher fetcher, StsStore store, StsTiming timing, int most) {
        StsDisk disk = new StsDisk(store);
        this.clock = timing.clock();
        this.executor = timing.executor();
        this.plan = new RefreshPlan(timing.random());
        this.memory = new PolicyMemory(most);
        this.keeper = new PolicyKeeper(memory, disk, plan);
        this.inquiry = new PolicyInquiry(dns, fetcher, memory, keeper, clock);
        this.health = new StsHealth(memory, disk);
        this.flights = new SingleFlight(executor);
        keeper.load(clock.instant());
    }

    /**
     * Reads what an earlier process remembered, and begins to renew it. Never throws because of the directory: what is wrong with it,
     * {@link #problems} tells.
     *
     * @param directory for the policies; is made if it is not there, and belongs to the cache alone
     */
    public static StsCache open(HostLookup dns, PolicyFetcher fetcher, Path directory, StsTiming timing) {
        StsCache cache = new StsCache(dns, fetcher, new StsStore(directory), timing, MOST_DOMAINS);
        var unused = cache.executor.scheduleWithFixedDelay(
                cache::tick, TICK.toSeconds(), TICK.toSeconds(), TimeUnit.SECONDS);
        return cache;
    }

    @Override
    public StsAnswer of(String domain) {
        return canonical(domain).map(this::answer).orElseGet(StsAnswer.None::new);
    }

    @Override
    public StsAnswer latest(String domain) {
        return canonical(domain).map(this::latestAnswer).orElseGet(StsAnswer.None::new);
    }

    /** RFC 8461 §3.4: exactly this domain, no walk up the tree. */
    private static Optional<String> canonical(String domain) {
        return DomainName.canonicalOrEmpty(domain).filter(name -> name.length() <= LONGEST_DOMAIN);
    }

    private StsAnswer latestAnswer(String domain) {
        memory.touch(domain, clock.instant());
        return flights.join(domain, () -> fresh(domain).orElseGet(() -> inquiry.ask(domain)));
    }

    /** The answer if the record was looked at lately. */
    private Optional<StsAnswer> fresh(String domain) {
        Instant now = clock.instant();
        return memory.of(domain)
                .filter(state -> state.check().fresh().contains(now))
                .flatMap(state -> state.answer(now));
    }

    private StsAnswer answer(String domain) {
        Instant now = clock.instant();
        memory.touch(domain, now);
        Optional<DomainState> state = memory.of(domain);
        Optional<StsAnswer> answer = state.flatMap(known -> known.answer(now));
        if (answer.isEmpty()) {
            return flights.join(domain, () -> remembered(domain).orElseGet(() -> inquiry.ask(domain)));
        }
        if (state.filter(known -> known.check().fresh().contains(now)).isEmpty()) {
            flights.later(domain, () -> inquiry.ask(domain));
        }
        return answer.get();
    }

    /** What somebody else found out between the asker's look into the memory and its turn. */
    private Optional<StsAnswer> remembered(String domain) {
        return memory.of(domain).flatMap(state -> state.answer(clock.instant()));
    }

    /** What has to be done from time to time: renewals, those first that end first. */
    void tick() {
        try {
            Instant now = clock.instant();
            keeper.tidy(now);
            memory.all()
                    .filter(entry -> plan.due(entry.getValue(), now))
                    .sorted(Comparator.comparing(StsCache::end))
                    .limit(MOST_RENEWALS)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(domain -> flights.later(domain, () -> inquiry.renew(domain)));
        } catch (RuntimeException e) {
            // An exception would end the ticking, and with it all renewals.
            LOGGER.error("the renewal of MTA-STS policies failed, and is tried again in a minute", e);
        }
    }

    private static Instant end(Map.Entry<String, DomainState> entry) {
        return entry.getValue().held().map(HeldPolicy::until).orElse(Instant.MAX);
    }

    /** The policies in force, by domain. */
    public List<RememberedPolicy> remembered() {
        Instant now = clock.instant();
        return memory.all()
                .flatMap(entry -> entry.getValue().inForce(now).stream()
                        .map(held -> new RememberedPolicy(
                                entry.getKey(),
                                held.policy(),
                                held.id(),
                                held.until(),
                                entry.getValue().setback())))
                .sorted(Comparator.comparing(RememberedPolicy::domain))
                .toList();
    }

    @Override
    public List<HealthProblem> problems() {
        return health.problems(clock.instant());
    }

    /** Ends renewals. What is in force stays on the disk. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
