/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.TrustSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.ConnectionPool;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.delivery.DeliverySettings;
import org.tlsward.delivery.HostMemory;
import org.tlsward.delivery.OwnHosts;
import org.tlsward.delivery.PoolLimits;
import org.tlsward.delivery.Publications;
import org.tlsward.dns.DnsServers;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.StubHostLookup;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.smtp.ConnectionSettings;
import org.tlsward.smtp.TlsClients;

/**
 * The delivery of one {@link TlsRemoteDelivery}, made anew when resolvers or trusted CAs of {@code tlsward.xml} change. If the new ones
 * cannot be used the old ones stay, and the health check says so.
 */
final class LiveDelivery implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveDelivery.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DeliveryParameters parameters;
    private final HostMemory memory = new HostMemory(HostMemory.BackOff.USUAL, Clock.systemUTC());
    private volatile Made made;
    private volatile Optional<HealthProblem> problem = Optional.empty();

    private record Made(
            DnsSettings dns, Optional<TrustSettings> trust, DeliverToDomain delivery, ConnectionPool pool) {}

    /** @throws IOException if what the configuration names cannot be used */
    LiveDelivery(DeliveryParameters parameters, WardConfiguration configuration) throws IOException {
        this.parameters = parameters;
        this.made = make(configuration);
    }

    /** The delivery for the configuration in force. */
    DeliverToDomain by(WardConfiguration configuration) {
        Made now = made;
        if (now.dns().equals(configuration.dns()) && now.trust().equals(configuration.trust())) {
            return now.delivery();
        }
        return remake(configuration);
    }

    /** What is known about hosts that did not answer. */
    HostMemory memory() {
        return memory;
    }

    private synchronized DeliverToDomain remake(WardConfiguration configuration) {
        Made old = made;
        if (old.dns().equals(configuration.dns()) && old.trust().equals(configuration.trust())) {
            return old.delivery();
        }
        try {
            made = make(configuration);
            problem = Optional.empty();
            old.pool().close();
        } catch (IOException e) {
            LOGGER.error("the new resolvers or CAs cannot be used, the old ones stay", e);
            problem = Optional.of(new HealthProblem(
                    HealthProblem.Severity.DEGRADED,
                    "tlsward.xml",
                    "the old resolvers and CAs stay: " + e.getMessage()));
            made = new Made(configuration.dns(), configuration.trust(), old.delivery(), old.pool());
        }
        return made.delivery();
    }

    private Made make(WardConfiguration configuration) throws IOException {
        ChainJudge judge = configuration.trust().isPresent()
                ? new ChainJudge(certificates(configuration.trust().get()), Clock.systemUTC())
                : ChainJudge.ofJvm(Clock.systemUTC());
        PoolLimits usual = PoolLimits.USUAL;
        ConnectionPool pool = new ConnectionPool(
                new PoolLimits(parameters.connections(), usual.messages(), usual.age(), usual.idle()),
                Clock.systemUTC());
        DeliverToDomain.Surroundings surroundings = new DeliverToDomain.Surroundings(
                lookup(configuration.dns()),
                Publications.notLookedUp(),
                new TlsClients(judge),
                Clock.systemUTC(),
                new Random());
        return new Made(
                configuration.dns(),
                configuration.trust(),
                new DeliverToDomain(settings(), surroundings, pool, memory),
                pool);
    }

    private DeliverySettings settings() throws SocketException {
        String helo = parameters.heloName().orElseGet(HostName::ofThisMachine);
        ConnectionSettings standard = ConnectionSettings.standard(helo);
        OwnHosts all = OwnHosts.ofThisMachine(Set.of(helo));
        // Where MX hosts listen on another port than ours, a host of this machine is not ourselves.
        OwnHosts own = parameters.port() == NextHop.SMTP_PORT ? all : new OwnHosts(all.names(), Set.of(), false);
        DeliverySettings usual = DeliverySettings.standard(
                new ConnectionSettings(helo, parameters.bind(), standard.times(), standard.limits()), own);
        return new DeliverySettings(
                usual.connection(),
                usual.own(),
                parameters.port(),
                usual.recipientsPerTransaction(),
                usual.connectionsPerAttempt());
    }

    private static HostLookup lookup(DnsSettings dns) {
        return new StubHostLookup(dns.servers().isEmpty() ? DnsServers.ofSystem() : DnsServers.of(dns.servers()));
    }

    private static List<X509Certificate> certificates(TrustSettings trust) throws IOException {
        Path store = trust.store();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(in, trust.password().map(String::toCharArray).orElse(null));
            List<X509Certificate> certificates = new ArrayList<>();
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new IOException(store + " holds no certificate (expected: a PKCS#12 file with CAs)");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IOException(store + " cannot be read as PKCS#12: " + e.getMessage(), e);
        }
    }

    @Override
    public List<HealthProblem> problems() {
        return problem.stream().toList();
    }

    /** Ends what is under way within some seconds. */
    void stop() {
        if (!made.pool().shutDown(GRACE)) {
            LOGGER.warn("some deliveries were cut off; their mails are still queued");
        }
    }
}
