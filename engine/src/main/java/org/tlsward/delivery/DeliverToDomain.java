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
import org.tlsward.delivery.DeliveryReport.RecipientOutcome;
import org.tlsward.delivery.HostMemory.Trouble;
import org.tlsward.delivery.Outcome.Rejected;
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
        if (shipment.group().isHopeless()) {
            return Optional.of(hopeless(shipment));
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
        return same(shipment, Answers.unreached(unknown.status(), unknown.said(), Circumstances.NO_HOST));
    }

    private static DeliveryReport same(Shipment shipment, Outcome outcome) {
        return new DeliveryReport(
                shipment.consignees().stream()
                        .map(each -> new RecipientOutcome(each, outcome))
                        .toList(),
                List.of());
    }

    /** No host could do: nobody is asked, not even DNS. */
    private static DeliveryReport hopeless(Shipment shipment) {
        String domain = shipment.destination().domain();
        List<RecipientOutcome> outcomes = new ArrayList<>();
        for (Consignee each : shipment.consignees()) {
            Decision.Refuse refusal = unsatisfiable(domain, each.demand());
            outcomes.add(new RecipientOutcome(
                    each, new Outcome.Unmet(refusal, Optional.empty(), Circumstances.NO_HOST.with(refusal))));
        }
        return new DeliveryReport(outcomes, List.of());
    }

    private static Decision.Refuse unsatisfiable(String domain, Demand demand) {
        Candidate nobody = new Candidate(domain, domain, Origin.INSECURE_DNS);
        Decision decision =
                PolicyEngine.decide(new Facts(demand, nobody, TlsaRecords.NONE, MtaSts.NONE, new TlsAttempt.NotYet()));
        if (!(decision instanceof Decision.Refuse refusal)) {
            throw new IllegalStateException("the policy lets pass what no host can do for");
        }
        return refusal;
    }

    private DeliveryReport deliver(Shipment shipment, HostChoice.Hosts choice) {
        Round round = new Round(shipment);
        Set<Demand> demands = new LinkedHashSet<>();
        shipment.consignees().forEach(each -> demands.add(each.demand()));
        HostWalk walk = walk(shipment.destination(), demands);
        walk.run(choice.hosts(), round);
        boolean everyHostTried = choice.complete() && walk.isComplete();
        return new DeliveryReport(
                shipment.consignees().stream()
                        .map(each -> round.outcome(each, everyHostTried))
                        .toList(),
                round.attempts);
    }

    private HostWalk walk(Destination destination, Set<Demand> demands) {
        return new HostWalk(destination, demands, publications, shop.memory(), settings.connectionsPerAttempt());
    }

    /** A delivery on its way from host to host. */
    private final class Round implements HostWalk.Visitor {
        private final Shipment shipment;
        private final IdentityHashMap<Consignee, Tally> tallies = new IdentityHashMap<>();
        private final List<HostAttempt> attempts = new ArrayList<>();

        Round(Shipment shipment) {
            this.shipment = shipment;
            shipment.consignees().forEach(each -> tallies.put(each, new Tally()));
        }

        RecipientOutcome outcome(Consignee consignee, boolean everyHostTried) {
            Tally tally = tallies.get(consignee);
            Outcome outcome = tally.outcome(everyHostTried);
            return new RecipientOutcome(consignee, tally.earlier(outcome), outcome);
        }

        @Override
        public boolean isDone() {
            return tallies.values().stream().allMatch(Tally::isSettled);
        }

        @Override
        public void attempt(HostCase hostCase) {
            new AttemptHost(shop, shipment, hostCase, tallies, attempts).run();
        }

        @Override
        public void leaveAlone(HostCase hostCase, Trouble trouble) {
            String why = "not tried before " + trouble.until() + ": " + trouble.why();
            Circumstances at = hostCase.untouched();
            tallies.values().forEach(tally -> tally.unjudged(Answers.unreached("4.4.1", why, at)));
            attempts.add(new HostAttempt(at, new TlsAttempt.NotYet(), Optional.empty(), why));
        }
    }

    /** Asks every host, and leaves. */
    private final class Probes implements HostWalk.Visitor {
        private final List<HostAttempt> attempts = new ArrayList<>();

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void attempt(HostCase hostCase) {
            attempts.add(Probe.of(hostCase, shop));
        }

        @Override
        public void leaveAlone(HostCase hostCase, Trouble trouble) {
            attempt(hostCase);
        }
    }

    /**
     * Connects to every host as {@link #deliver} does, asks the policy, and leaves without sending anything: the probe behind
     * {@code tlsward check}.
     *
     * @return one line for each address, or one that says why there is none
     */
    public List<HostAttempt> probe(Destination destination, Demand demand) {
        if (demand.group().isHopeless()) {
            Decision.Refuse refusal = unsatisfiable(destination.domain(), demand);
            String note =
                    refusal.reason().word() + ": " + refusal.unmet().get(0).seen();
            return List.of(new HostAttempt(
                    Circumstances.NO_HOST.with(refusal), new TlsAttempt.NotYet(), Optional.empty(), note));
        }
        HostChoice choice = chooseHosts.choose(destination);
        if (choice instanceof HostChoice.Hosts hosts) {
            Probes probes = new Probes();
            walk(destination, Set.of(demand)).run(hosts.hosts(), probes);
            return probes.attempts;
        }
        String why = choice instanceof HostChoice.None none
                ? none.status() + " " + none.explanation()
                : ((HostChoice.Unknown) choice).said();
        return List.of(new HostAttempt(Circumstances.NO_HOST, new TlsAttempt.NotYet(), Optional.empty(), why));
    }
}
