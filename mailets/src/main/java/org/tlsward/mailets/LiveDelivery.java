/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.delivery.HostMemory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthSource;
import org.tlsward.outbound.DestinationFacts;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.Transcript;

/**
 * The delivery of one {@link TlsRemoteDelivery}, which follows {@code tlsward.xml}. If new resolvers or trusted CAs cannot be used the old
 * ones stay, and the health check says so.
 */
final class LiveDelivery implements HealthSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(LiveDelivery.class);

    private final OutboundDelivery outbound;
    private volatile Optional<Refused> refused = Optional.empty();

    /** A configuration that cannot be used, and why not. */
    private record Refused(WardConfiguration configuration, HealthProblem problem) {}

    /** @throws IOException if what the configuration names cannot be used */
    LiveDelivery(
            DeliveryParameters parameters, WardConfiguration configuration, DestinationFacts facts, Transcript listener)
            throws IOException {
        this.outbound = OutboundDelivery.open(
                configuration,
                new OutboundDelivery.Options(
                        parameters.port(),
                        parameters.heloName(),
                        parameters.bind(),
                        parameters.connections(),
                        new OutboundDelivery.Conversation(StepTimes.RFC_5321, listener)),
                facts,
                Clock.systemUTC());
    }

    /** The delivery for the configuration in force. */
    DeliverToDomain by(WardConfiguration configuration) {
        boolean known = refused.filter(some -> some.configuration().equals(configuration))
                .isPresent();
        if (!known && (refused.isPresent() || !outbound.isOf(configuration))) {
            follow(configuration);
        }
        return outbound.delivery();
    }

    /** What is known about hosts that did not answer. */
    HostMemory memory() {
        return outbound.memory();
    }

    private synchronized void follow(WardConfiguration configuration) {
        try {
            outbound.follow(configuration);
            refused = Optional.empty();
        } catch (IOException e) {
            LOGGER.error("the new resolvers or CAs cannot be used, the old ones stay", e);
            refused = Optional.of(new Refused(
                    configuration,
                    new HealthProblem(
                            HealthProblem.Severity.DEGRADED,
                            "tlsward.xml",
                            "the old resolvers and CAs stay: " + e.getMessage())));
        }
    }

    @Override
    public List<HealthProblem> problems() {
        return Stream.concat(refused.map(Refused::problem).stream(), outbound.problems().stream())
                .toList();
    }

    /** Closes connections that wait and forgets sessions of TLS; those under way end as they began. */
    void renew() {
        try {
            outbound.renew();
        } catch (IOException e) {
            LOGGER.error("the connections that wait are closed, but new ones are not made in a new way", e);
        }
    }

    /** Ends what is under way within some seconds. */
    void stop() {
        if (!outbound.shutDown()) {
            LOGGER.warn("some deliveries were cut off; their mails are still queued");
        }
    }
}
