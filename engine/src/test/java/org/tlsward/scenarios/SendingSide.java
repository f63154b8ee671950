/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.tlsward.config.DnsSettings;
import org.tlsward.delivery.ConnectionPool;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.delivery.DeliverySettings;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.HostMemory;
import org.tlsward.delivery.Outcome;
import org.tlsward.delivery.OwnHosts;
import org.tlsward.delivery.PoolLimits;
import org.tlsward.delivery.PublishedPolicies;
import org.tlsward.delivery.Shipment;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.HostLookups;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.mtasts.HttpsPolicyFetcher;
import org.tlsward.mtasts.StsCache;
import org.tlsward.mtasts.StsTiming;
import org.tlsward.mtasts.TrustedCas;
import org.tlsward.policy.Demand;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.TlsClients;
import org.tlsward.testing.TextMessage;

/** A delivery as a server has it, and one mail after the other. */
final class SendingSide implements AutoCloseable {
    /** What nobody may see who should not get the mail. */
    static final String MARK = "SECRET-CONTENT";

    private final HostLookup lookup;
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1);
    private final StsCache policies;
    private final List<X509Certificate> roots;
    private final int port;

    SendingSide(
            DnsSettings dns, FetchSettings fetching, List<X509Certificate> roots, Path state, Clock clock, int port) {
        this.lookup = HostLookups.of(dns, Clock.systemUTC());
        this.policies = StsCache.open(
                lookup,
                new HttpsPolicyFetcher(lookup, TrustedCas.of(roots), fetching),
                state,
                new StsTiming(clock, new Random(1), background));
        this.roots = roots;
        this.port = port;
    }

    /** Asks as a mail does, and waits until what that begins in the background is over. */
    void askForPolicy(String domain) {
        policies.of(domain);
        try {
            background.submit(() -> {}).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delivers a mail; every connection is closed when this returns. */
    Outcome deliver(Scenario row, Demand demand) {
        Destination destination = row.mx().equals("via")
                ? new Destination(
                        "elsewhere.example",
                        Optional.of(NextHop.parse(row.mxHost() + ":" + port)),
                        Optional.empty(),
                        Optional.empty())
                : Destination.of(row.domain());
        return deliver(destination, "b@" + row.domain(), demand);
    }

    Outcome deliver(Destination destination, String recipient, Demand demand) {
        Shipment shipment = new Shipment(
                destination,
                Optional.of("a@one.example"),
                List.of(new Consignee(EnvelopeRecipient.of(recipient), demand)),
                Shipment.DsnParameters.NONE,
                new TextMessage("Subject: x\r\n\r\n" + MARK + "\r\n"));
        try (ConnectionPool pool = new ConnectionPool(PoolLimits.USUAL, Clock.systemUTC())) {
            return delivery(pool)
                    .deliver(shipment, Duration.ZERO)
                    .orElseThrow()
                    .recipients()
                    .get(0)
                    .outcome();
        }
    }

    private DeliverToDomain delivery(ConnectionPool pool) {
        ConnectionSettings connection = new ConnectionSettings(
                "client.example",
                List.of(),
                StepTimes.uniform(Duration.ofSeconds(20), Duration.ofSeconds(60)),
                ReplyLimits.DEFAULT);
        DeliverySettings settings =
                new DeliverySettings(connection, new OwnHosts(Set.of(), Set.of(), false), port, 100, 20);
        TlsClients clients = new TlsClients(new ChainJudge(roots, Clock.systemUTC()));
        PublishedPolicies published =
                new PublishedPolicies(lookup, policies, DnsSettings.DEFAULT.insecureMx(), Clock.systemUTC());
        return new DeliverToDomain(
                settings,
                new DeliverToDomain.Surroundings(lookup, published, clients, Clock.systemUTC(), new Random(1)),
                pool,
                new HostMemory(HostMemory.BackOff.USUAL, Clock.systemUTC()));
    }

    @Override
    public void close() {
        policies.close();
    }
}
