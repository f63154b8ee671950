/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tlsward.check.CheckContext;
import org.tlsward.check.RecordedTranscript;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.outbound.DestinationFacts;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.policy.IpNetwork;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.Transcript;

/** A configuration and a delivery of its own for one command. */
final class OpenedCheck implements AutoCloseable {
    private final LoadedConfiguration loaded;
    private final DestinationFacts facts;
    private final OutboundDelivery outbound;
    private final CheckContext context;
    private final CheckOptions options;
    private final int policyPort;

    /** Takes {@code loaded} over, which is closed with it. */
    OpenedCheck(LoadedConfiguration loaded, CheckOptions options, Surroundings surroundings, Consumer<String> progress)
            throws IOException {
        this.loaded = loaded;
        this.options = options;
        this.policyPort = surroundings.policyPort();
        WardConfiguration read = loaded.configuration();
        WardConfiguration configuration = options.dns()
                .map(server -> read.withDns(resolvedBy(read, server)))
                .orElse(read);
        Clock clock = surroundings.clock();
        Optional<RecordedTranscript> transcript =
                options.transcript() ? Optional.of(new RecordedTranscript()) : Optional.empty();
        this.facts = DestinationFacts.open(configuration, loaded.state(), clock, this::fetching);
        this.outbound = opened(configuration, transcript, clock);
        CheckContext.Parts parts = new CheckContext.Parts(
                configuration, loaded.classes(), outbound, fetching(configuration.internalNetworks()), clock);
        this.context = new CheckContext(parts, progress, transcript);
    }

    /** Of the configuration that is there, or else of the shipped one. */
    static OpenedCheck open(
            ConfigurationOption configuration,
            CheckOptions options,
            Surroundings surroundings,
            Consumer<String> progress)
            throws IOException {
        LoadedConfiguration loaded = configuration.isThere(surroundings)
                ? LoadedConfiguration.read(
                        configuration.file(surroundings), configuration.directories(surroundings), surroundings.clock())
                : LoadedConfiguration.shipped(surroundings.clock());
        return new OpenedCheck(loaded, options, surroundings, progress);
    }

    private OutboundDelivery opened(
            WardConfiguration configuration, Optional<RecordedTranscript> transcript, Clock clock) throws IOException {
        try {
            return OutboundDelivery.open(configuration, delivery(transcript), facts, clock);
        } catch (IOException | RuntimeException e) {
            facts.close();
            throw e;
        }
    }

    private FetchSettings fetching(List<IpNetwork> internal) {
        return new FetchSettings(policyPort, options.timeout(), internal);
    }

    /** The AD bit of a resolver that is not on this machine proves nothing (RFC 6698 Appendix A.3): then we validate. */
    private static DnsSettings resolvedBy(WardConfiguration read, InetSocketAddress server) {
        DnsSettings dns = read.dns();
        DnsSettings.Mode mode = server.getAddress().isLoopbackAddress() ? dns.mode() : DnsSettings.Mode.VALIDATE;
        return new DnsSettings(
                mode, List.of(server), dns.trustAnchor(), dns.signedName(), dns.brokenName(), dns.insecureMx());
    }

    private OutboundDelivery.Options delivery(Optional<RecordedTranscript> transcript) {
        OutboundDelivery.Options usual = OutboundDelivery.Options.usual();
        Duration each = options.timeout();
        Transcript listener = transcript.isPresent() ? transcript.get() : Transcript.NONE;
        return new OutboundDelivery.Options(
                options.port(),
                usual.heloName(),
                usual.bind(),
                usual.connections(),
                new OutboundDelivery.Conversation(StepTimes.uniform(each, each.multipliedBy(10)), listener));
    }

    CheckContext context() {
        return context;
    }

    @Override
    public void close() {
        outbound.close();
        facts.close();
        loaded.close();
    }
}
