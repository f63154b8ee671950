/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.TrustSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.ConnectionPool;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.delivery.DeliverySettings;
import org.tlsward.delivery.HostMemory;
import org.tlsward.delivery.OwnHosts;
import org.tlsward.delivery.PoolLimits;
import org.tlsward.dns.HostLookup;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.mtasts.StsCache;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.TlsLimits;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.ReplyLimits;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.TlsClients;
import org.tlsward.smtp.Transcript;

/** The delivery that a configuration and some options make: the same for the server and for {@code tlsward check}. */
public final class OutboundDelivery implements HealthSource, AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Options options;
    private final DestinationFacts facts;
    private final boolean factsAreOurs;
    private final Clock clock;
    private final HostMemory memory;
    private volatile Made made;

    /**
     * What is not in {@code tlsward.xml}.
     *
     * @param port where MX hosts listen
     * @param heloName how we call ourselves; empty for the name of this machine
     * @param bind addresses to connect from
     * @param connections to one destination at a time
     * @param conversation how patient connections are, and who listens
     */
    public record Options(
            int port, Optional<String> heloName, List<InetAddress> bind, int connections, Conversation conversation) {
        /** Copies its arguments. */
        public Options {
            bind = List.copyOf(bind);
        }

        /** With connections as the standards have them. */
        public Options(int port, Optional<String> heloName, List<InetAddress> bind, int connections) {
            this(port, heloName, bind, connections, new Conversation(StepTimes.RFC_5321, Transcript.NONE));
        }

        /** As where nothing is said. */
        public static Options usual() {
            return new Options(NextHop.SMTP_PORT, Optional.empty(), List.of(), PoolLimits.USUAL.perDestination());
        }
    }

    /**
     * What a person who looks on wants otherwise than a server.
     *
     * @param times how long to wait
     * @param transcript hears what is said
     */
    public record Conversation(StepTimes times, Transcript transcript) {}

    /** What was made of those settings. */
    private record Made(
            DnsSettings dns,
            Optional<TrustSettings> trust,
            ChainJudge judge,
            ConnectionPool pool,
            DeliverToDomain delivery) {
        boolean isOf(WardConfiguration configuration) {
            return dns.equals(configuration.dns()) && trust.equals(configuration.trust());
        }
    }

    private OutboundDelivery(Options options, DestinationFacts facts, boolean factsAreOurs, Clock clock) {
        this.options = options;
        this.facts = facts;
        this.factsAreOurs = factsAreOurs;
        this.clock = clock;
        this.memory = new HostMemory(HostMemory.BackOff.USUAL, clock);
    }

    /**
     * A delivery by itself.
     *
     * @param state a directory for what must survive a restart
     * @throws IOException if what the configuration names cannot be used
     */
    public static OutboundDelivery open(WardConfiguration configuration, Options options, Path state, Clock clock)
            throws IOException {
        DestinationFacts facts = DestinationFacts.open(configuration, state, clock);
        try {
            return opened(new OutboundDelivery(options, facts, true, clock), configuration);
        } catch (IOException | RuntimeException e) {
            facts.close();
            throw e;
        }
    }

    /**
     * One of several deliveries of a server.
     *
     * @param facts shared, and not closed here
     * @throws IOException if what the configuration names cannot be used
     */
    public static OutboundDelivery open(
            WardConfiguration configuration, Options options, DestinationFacts facts, Clock clock) throws IOException {
        return opened(new OutboundDelivery(options, facts, false, clock), configuration);
    }

    private static OutboundDelivery opened(OutboundDelivery outbound, WardConfiguration configuration)
            throws IOException {
        ChainJudge judge = judge(configuration, outbound.clock);
        outbound.made = outbound.make(configuration, judge, outbound.newPool());
        return outbound;
    }

    /** True if nothing that concerns it has changed. */
    public boolean isOf(WardConfiguration configuration) {
        return made.isOf(configuration) && facts.isOf(configuration);
    }

    /**
     * Follows the configuration.
     *
     * @throws IOException if what it names cannot be used; then everything stays as it was
     */
    public synchronized void follow(WardConfiguration configuration) throws IOException {
        Made old = made;
        if (isOf(configuration)) {
            return;
        }
        boolean sameTrust = old.trust().equals(configuration.trust());
        ChainJudge judge = sameTrust ? old.judge() : judge(configuration, clock);
        facts.follow(configuration);
        // Who was trusted by the old CAs has to show its certificate again.
        made = make(configuration, judge, sameTrust ? old.pool() : newPool());
        if (!sameTrust) {
            old.pool().close();
        }
    }

    private Made make(WardConfiguration configuration, ChainJudge judge, ConnectionPool pool) throws SocketException {
        return make(configuration.dns(), configuration.trust(), judge, pool);
    }

    private Made make(DnsSettings dns, Optional<TrustSettings> trust, ChainJudge judge, ConnectionPool pool)
            throws SocketException {
        DeliverToDomain.Surroundings surroundings = new DeliverToDomain.Surroundings(
                facts.lookup(), facts.publications(), tlsClients(judge), clock, new Random());
        return new Made(dns, trust, judge, pool, new DeliverToDomain(settings(), surroundings, pool, memory));
    }

    private TlsClients tlsClients(ChainJudge judge) {
        return new TlsClients(judge, facts.limits());
    }

    /** What there is of TLS at the moment. */
    public Supplier<TlsLimits> limits() {
        return facts.limits();
    }

    /** Clients of their own, for one who asks a host outside of a delivery. */
    public TlsClients tlsClients() {
        return tlsClients(judge());
    }

    /**
     * Closes the connections that wait and forgets all sessions of TLS: what was good enough before may not be now.
     *
     * @throws IOException if this machine cannot be asked for its addresses; then no connection waits all the same
     */
    public synchronized void renew() throws IOException {
        Made old = made;
        old.pool().close();
        made = make(old.dns(), old.trust(), old.judge(), newPool());
    }

    private ConnectionPool newPool() {
        PoolLimits usual = PoolLimits.USUAL;
        return new ConnectionPool(
                new PoolLimits(options.connections(), usual.messages(), usual.age(), usual.idle()), clock);
    }

    private static ChainJudge judge(WardConfiguration configuration, Clock clock) throws IOException {
        return configuration.trust().isPresent()
                ? new ChainJudge(TrustedCertificates.of(configuration.trust().get()), clock)
                : ChainJudge.ofJvm(clock);
    }

    private DeliverySettings settings() throws SocketException {
        ConnectionSettings connection = connection();
        String helo = connection.heloName();
        OwnHosts all = OwnHosts.ofThisMachine(Set.of(helo));
        // Where MX hosts listen on another port than ours, a host of this machine is not ourselves.
        OwnHosts own = options.port() == NextHop.SMTP_PORT ? all : new OwnHosts(all.names(), Set.of(), false);
        DeliverySettings usual = DeliverySettings.standard(connection, own);
        return new DeliverySettings(
                usual.connection(),
                usual.own(),
                options.port(),
                usual.recipientsPerTransaction(),
                usual.connectionsPerAttempt());
    }

    /** What all its connections have in common. */
    public ConnectionSettings connection() {
        String helo = options.heloName().orElseGet(HostName::ofThisMachine);
        Conversation conversation = options.conversation();
        return new ConnectionSettings(
                helo, options.bind(), conversation.times(), ReplyLimits.DEFAULT, conversation.transcript());
    }

    /** Where MX hosts listen. */
    public int port() {
        return options.port();
    }

    /** The delivery for the configuration in force. */
    public DeliverToDomain delivery() {
        return made.delivery();
    }

    /** What is asked about destinations. */
    public HostLookup lookup() {
        return facts.lookup();
    }

    /** The MTA-STS policies that are known. */
    public StsCache stsPolicies() {
        return facts.stsPolicies();
    }

    /** Who judges the certificates of hosts. */
    public ChainJudge judge() {
        return made.judge();
    }

    /** What is known about hosts that did not answer. */
    public HostMemory memory() {
        return memory;
    }

    @Override
    public List<HealthProblem> problems() {
        return factsAreOurs ? new ArrayList<>(facts.problems()) : List.of();
    }

    /**
     * Ends what is under way within some seconds.
     *
     * @return false if something was cut off
     */
    public boolean shutDown() {
        boolean ended = made.pool().shutDown(GRACE);
        if (factsAreOurs) {
            facts.close();
        }
        return ended;
    }

    @Override
    public void close() {
        shutDown();
    }
}
