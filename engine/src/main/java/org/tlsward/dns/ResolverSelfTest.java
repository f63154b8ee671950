/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.ResolverStatus.State;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;
import org.tlsward.health.HealthSource;

/**
 * Asks, at the start and every hour, for a name that is signed and for one that is broken on purpose. A resolver that drops DNSSEC is
 * found so before mail waits for it, or before DANE silently protects nobody. A network without the Internet is no finding: nothing
 * can be told then, and nothing is.
 */
public final class ResolverSelfTest implements HealthSource, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ResolverSelfTest.class);
    private static final String REMEDY =
            "Install Unbound on this host and write <dns mode=\"validate\" servers=\"127.0.0.1\"/>"
                    + " (or mode=\"trust-ad\" if it validates), or let the present resolver pass DNSSEC on (its option is often called"
                    + " \"dnssec\" or \"forward DO\").";

    private final HostLookup lookup;
    private final DnsSettings settings;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private volatile List<HealthProblem> problems = List.of();
    private volatile ResolverStatus status = ResolverStatus.NOT_TESTED;

    /** Needs a {@link #start()}. */
    public ResolverSelfTest(HostLookup lookup, DnsSettings settings, Clock clock) {
        this.clock = clock;
        this.lookup = lookup;
        this.settings = settings;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tlsward-dns-self-test");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Tests now, without making anybody wait, and then every hour. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::test, 0, 1, TimeUnit.HOURS);
    }

    /** Tests once, within the time limits of the look-up. */
    void test() {
        List<HealthProblem> found =
                judged(lookup.addresses(settings.signedName()), lookup.addresses(settings.brokenName()));
        if (!found.equals(problems)) {
            found.forEach(problem -> LOGGER.warn("{}: {}", problem.component(), problem.message()));
        }
        if (found.isEmpty() && !problems.isEmpty()) {
            LOGGER.info("{}: DNSSEC works again", component());
        }
        problems = found;
    }

    /** What the last test has found. */
    public ResolverStatus status() {
        return status;
    }

    private List<HealthProblem> told(State state, String message) {
        status = new ResolverStatus(state, message, Optional.of(clock.instant()));
        return state == State.DEGRADED ? problem(message) : List.of();
    }

    private List<HealthProblem> judged(DnsAnswer<?> signed, DnsAnswer<?> broken) {
        if (security(signed) == Security.SECURE) {
            // A denial that is secure is the honest end of that name.
            boolean refused =
                    broken instanceof Failed || (broken instanceof Absent && security(broken) == Security.SECURE);
            return refused
                    ? told(State.OK, "DNSSEC works")
                    : told(
                            State.DEGRADED,
                            "it gives out " + settings.brokenName() + ", whose signatures are broken on purpose: nobody"
                                    + " validates, and forged answers would pass. " + REMEDY);
        }
        if (signed instanceof Failed<?> failed && failed.trouble() != Trouble.BOGUS) {
            LOGGER.info("{}: could not tell whether DNSSEC works: {}", component(), failed.why());
            return told(State.FAILED, "could not tell whether DNSSEC works: " + failed.why());
        }
        String seen = signed instanceof Failed<?> failed
                ? "bogus (" + failed.why()
                        + "), so mail waits that is led by MX records, also to domains without signatures: that they have"
                        + " none cannot be proven either"
                : "not secure, so DANE protects nobody";
        String message = settings.signedName() + ", which is signed, looks " + seen
                + ". The resolver drops signatures, or the clock of this host is wrong, or a trust anchor is. "
                + REMEDY;
        return told(State.DEGRADED, message);
    }

    private static Security security(DnsAnswer<?> answer) {
        if (answer instanceof Found<?> found) {
            return found.security();
        }
        return answer instanceof Absent<?> absent ? absent.security() : Security.INSECURE;
    }

    private List<HealthProblem> problem(String message) {
        return List.of(new HealthProblem(Severity.DEGRADED, component(), message));
    }

    private String component() {
        List<String> servers = settings.servers().stream()
                .map(server -> server.getAddress().getHostAddress() + " port " + server.getPort())
                .toList();
        return "dns resolver " + (servers.isEmpty() ? "of the operating system" : String.join(", ", servers))
                + " (mode " + settings.mode().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
    }

    @Override
    public List<HealthProblem> problems() {
        return problems;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
