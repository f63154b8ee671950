/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.HostMemory.Trouble;
import org.tlsward.delivery.Outcome.Rejected;
import org.tlsward.delivery.Publications.HostPublication;
import org.tlsward.dns.HostLookup;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.Decision;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Facts;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PolicyEngine;
import org.tlsward.policy.TlsAttempt;
import org.tlsward.policy.TlsaRecords;
import org.tlsward.smtp.ServerName;
import org.tlsward.smtp.TlsClients;

/** Delivers shipments, each in the thread of its caller. One of these serves the whole server. */
public final class DeliverToDomain {
    private final DeliverySettings settings;
    private final Publications publications;
    private final ChooseHosts chooseHosts;
    private final AttemptHost.Workshop shop;

    /**
     * What delivery asks of its surroundings.
     *
     * @param lookup DNS
     * @param publications DANE and MTA-STS
     * @param clients for TLS
     * @param clock of durations and back-off
     * @param random for the order of equal hosts
     */
    public record Surroundings(
            HostLookup lookup, Publications publications, TlsClients clients, Clock clock, Random random) {}

    /** Shares pool and memory with whoever shows or clears them. */
    public DeliverToDomain(
            DeliverySettings settings, Surroundings surroundings, ConnectionPool pool, HostMemory memory) {
        this.settings = settings;
        this.publications = surroundings.publications();
        this.chooseHosts =
                new ChooseHosts(surroundings.lookup(), settings.own(), settings.port(), surroundings.random());
        this.shop = new AttemptHost.Workshop(
                new VerifyPeer(settings.connection(), surroundings.clients()),
                pool,
                memory,
                surroundings.clock(),
                settings.recipientsPerTransaction());
    }

    /**
     * Tries every host until each recipient has an outcome.
     *
     * @param patience how long to wait for one of the connections that the destination may have
     * @return empty if there is none in that time, or the pool is closed: nothing was tried, and it does not count as an attempt
     */
    public Optional<DeliveryReport> deliver(Shipment shipment, Duration patience) {
        if (shipment.group().required().isUnsatisfiable()) {
            return Optional.of(unsatisfiable(shipment));
        }
        Optional<ConnectionPool.Slot> slot =
                shop.pool().slot(shipment.destination().name(), patience);
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(deliver(shipment, chooseHosts.choose(shipment.destination())));
        } finally {
            slot.get().close();
        }
    }

    private DeliveryReport deliver(Shipment shipment, HostChoice choice) {
        if (choice instanceof HostChoice.Hosts hosts) {
            return deliver(shipment, hosts);
        }
        if (choice instanceof HostChoice.None none) {
            return same(
                    shipment,
                    new Rejected(
                            none.status(),
                            none.replyCode(),
                            none.explanation(),
                            Optional.empty(),
                            Circumstances.NO_HOST));
        }
        HostChoice.Unknown unknown = (HostChoice.Unknown) choice;
        return same(shipment, Answers.unreached("4.4.3", unknown.explanation(), Circumstances.NO_HOST));
    }

    private static DeliveryReport same(Shipment shipment, Outcome outcome) {
        return new DeliveryReport(
                shipment.consignees().stream()
                        .map(each -> new RecipientOutcome(each, outcome))
                        .toList(),
                List.of());
    }

    /** No host could do: nobody is asked, not even DNS. */
    private static DeliveryReport unsatisfiable(Shipment shipment) {
        String domain = shipment.destination().domain();
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (Consignee each : shipment.consignees()) {
            Candidate nobody = new Candidate(domain, domain, Origin.INSECURE_DNS);
            Decision decision = PolicyEngine.decide(
                    new Facts(each.demand(), nobody, TlsaRecords.NONE, MtaSts.NONE, new TlsAttempt.NotYet()));
            if (!(decision instanceof Decision.Refuse refusal)) {
                throw new IllegalStateException("the policy lets pass what cannot be satisfied");
            }
            outcomes.add(new RecipientOutcome(
                    each, new Outcome.Unmet(refusal, Optional.empty(), Circumstances.NO_HOST.with(refusal))));
        }
        return new DeliveryReport(outcomes, List.of());
    }

    private DeliveryReport deliver(Shipment shipment, HostChoice.Hosts choice) {
        IdentityHashMap<Consignee, Tally> tallies = new IdentityHashMap<>();
        shipment.consignees().forEach(each -> tallies.put(each, new Tally()));
        List<HostAttempt> attempts = new ArrayList<>();
        Set<Demand> demands = new LinkedHashSet<>();
        shipment.consignees().forEach(each -> demands.add(each.demand()));
        Walk walk = new Walk(shipment.destination(), demands, choice.hosts());
        walk.run(
                () -> tallies.values().stream().allMatch(Tally::isSettled),
                hostCase -> new AttemptHost(shop, shipment, hostCase, tallies, attempts).run(),
                (hostCase, trouble) -> leaveAlone(hostCase, trouble, tallies, attempts));
        boolean everyHostTried = choice.complete() && walk.complete;
        return new DeliveryReport(
                shipment.consignees().stream()
                        .map(each ->
                                new RecipientOutcome(each, tallies.get(each).outcome(everyHostTried)))
                        .toList(),
                attempts);
    }

    private static void leaveAlone(
            HostCase hostCase, Trouble trouble, IdentityHashMap<Consignee, Tally> tallies, List<HostAttempt> attempts) {
        String why = "not tried before " + trouble.until() + ": " + trouble.why();
        Circumstances at = new Circumstances(
                Optional.of(hostCase.server()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Duration.ZERO,
                org.tlsward.smtp.ContentBytes.NONE);
        tallies.values().forEach(tally -> tally.unjudged(Answers.unreached("4.4.1", why, at)));
        attempts.add(new HostAttempt(at, new TlsAttempt.NotYet(), Optional.empty(), why));
    }

    /**
     * Connects to every host as {@link #deliver} does, asks the policy, and leaves without sending anything: the probe behind
     * {@code tlsward check}.
     *
     * @return one line for each address, or one that says why there is none
     */
    public List<HostAttempt> probe(Destination destination, Demand demand) {
        HostChoice choice = chooseHosts.choose(destination);
        List<HostAttempt> attempts = new ArrayList<>();
        if (choice instanceof HostChoice.Hosts hosts) {
            Walk walk = new Walk(destination, Set.of(demand), hosts.hosts());
            walk.run(() -> false, hostCase -> attempts.add(Probe.of(hostCase, shop)), (hostCase, trouble) -> {
                attempts.add(Probe.of(hostCase, shop));
            });
            return attempts;
        }
        String why = choice instanceof HostChoice.None none
                ? none.status() + " " + none.explanation()
                : ((HostChoice.Unknown) choice).explanation();
        return List.of(new HostAttempt(Circumstances.NO_HOST, new TlsAttempt.NotYet(), Optional.empty(), why));
    }

    private interface LeftAlone {
        void accept(HostCase hostCase, Trouble trouble);
    }

    /** Goes from host to host and from address to address, best first. */
    private final class Walk {
        private final Destination destination;
        private final Set<Demand> demands;
        private final List<MailHost> hosts;
        private boolean complete = true;
        private int connections;

        Walk(Destination destination, Set<Demand> demands, List<MailHost> hosts) {
            this.destination = destination;
            this.demands = demands;
            this.hosts = hosts;
        }

        void run(Supplier<Boolean> done, java.util.function.Consumer<HostCase> attempt, LeftAlone leftAlone) {
            for (MailHost host : hosts) {
                if (done.get()) {
                    return;
                }
                HostPublication published = publications.about(host.candidate(), host.security(), host.port());
                for (ServerName server : host.servers()) {
                    HostCase hostCase = new HostCase(destination, demands, host, published, server);
                    if (done.get()) {
                        return;
                    }
                    if (!Judgement.of(hostCase, new TlsAttempt.NotYet()).proceeds()) {
                        attempt.accept(hostCase); // refused without a connection, whatever the address
                        break;
                    }
                    Optional<Trouble> trouble = shop.memory().trouble(server.address());
                    if (trouble.isPresent()) {
                        leftAlone.accept(hostCase, trouble.get());
                    } else if (connections == settings.connectionsPerAttempt()) {
                        complete = false;
                        return;
                    } else {
                        connections++;
                        attempt.accept(hostCase);
                    }
                }
            }
        }
    }
}
