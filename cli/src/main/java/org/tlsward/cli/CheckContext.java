/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tlsward.classes.RecipientClasses;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Destination;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.mtasts.HttpsPolicyFetcher;
import org.tlsward.mtasts.PolicyFetcher;
import org.tlsward.mtasts.TrustedCas;
import org.tlsward.outbound.ClientIdentities;
import org.tlsward.outbound.DestinationFacts;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.outbound.TrustedCertificates;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.PolicyException;
import org.tlsward.smtp.ClientIdentity;
import org.tlsward.smtp.StepTimes;
import org.tlsward.smtp.Transcript;

/** What checks work with: a configuration, and the delivery that the server would make of it. */
final class CheckContext implements AutoCloseable {
    private final LoadedConfiguration loaded;
    private final WardConfiguration configuration;
    private final DestinationFacts facts;
    private final OutboundDelivery outbound;
    private final RecordedTranscript transcript = new RecordedTranscript();
    private final CheckOptions options;
    private final Clock clock;
    private final int policyPort;
    private final Consumer<String> progress;

    /** Takes {@code loaded} over, which is closed with it. */
    CheckContext(LoadedConfiguration loaded, CheckOptions options, Surroundings surroundings, Consumer<String> progress)
            throws IOException {
        this.loaded = loaded;
        this.options = options;
        this.clock = surroundings.clock();
        this.policyPort = surroundings.policyPort();
        this.progress = progress;
        WardConfiguration read = loaded.configuration();
        this.configuration = options.dns()
                .map(server -> with(read, resolvedBy(read, server)))
                .orElse(read);
        this.facts = DestinationFacts.open(configuration, loaded.state(), clock, this::fetching);
        this.outbound = opened();
    }

    private OutboundDelivery opened() throws IOException {
        try {
            return OutboundDelivery.open(configuration, delivery(), facts, clock);
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

    private static WardConfiguration with(WardConfiguration read, DnsSettings dns) {
        return new WardConfiguration(
                read.rules(),
                read.members(),
                read.defaultClass(),
                read.directory(),
                read.subAddressDelimiters(),
                read.destinations(),
                dns,
                read.trust(),
                read.internalNetworks(),
                read.evidence(),
                read.tlsReports());
    }

    private OutboundDelivery.Options delivery() {
        OutboundDelivery.Options usual = OutboundDelivery.Options.usual();
        Duration each = options.timeout();
        Transcript listener = options.transcript() ? transcript : Transcript.NONE;
        return new OutboundDelivery.Options(
                options.port(),
                usual.heloName(),
                usual.bind(),
                usual.connections(),
                new OutboundDelivery.Conversation(StepTimes.uniform(each, each.multipliedBy(10)), listener));
    }

    WardConfiguration configuration() {
        return configuration;
    }

    RecipientClasses classes() {
        return loaded.classes();
    }

    OutboundDelivery outbound() {
        return outbound;
    }

    Clock clock() {
        return clock;
    }

    int port() {
        return options.port();
    }

    /** Gets policies as the delivery does, and remembers none. */
    PolicyFetcher policies() throws IOException {
        TrustedCas trust = configuration.trust().isPresent()
                ? TrustedCas.of(TrustedCertificates.of(configuration.trust().get()))
                : TrustedCas.ofJvm();
        return new HttpsPolicyFetcher(outbound.lookup(), trust, fetching(configuration.internalNetworks()));
    }

    /** Tells a waiting person what goes on. */
    void progress(String what) {
        progress.accept(what);
    }

    Optional<DestinationRule> rule(String domain) {
        return configuration.destinations().destination(domain);
    }

    Optional<PolicyException> exception(String domain) {
        return configuration.destinations().exception(domain, clock.instant());
    }

    /** Where mail for a domain goes, by the configuration. */
    Destination destination(String domain) throws IOException {
        Optional<DestinationRule> rule = rule(domain);
        Optional<ClientIdentity> identity = Optional.empty();
        if (rule.flatMap(DestinationRule::clientCertificate).isPresent()) {
            identity = Optional.of(new ClientIdentities()
                    .of(rule.flatMap(DestinationRule::clientCertificate).get()));
        }
        return new Destination(
                domain, rule.flatMap(DestinationRule::via), rule.flatMap(DestinationRule::credentials), identity);
    }

    /** The sections of a report, with the transcript at the end if it was asked for. */
    List<Report.Section> withTranscript(List<Report.Section> sections) {
        if (!options.transcript()) {
            return sections;
        }
        List<Report.Section> all = new java.util.ArrayList<>(sections);
        all.add(new Report.Section("Transcript", List.of(new Report.Block("dialogue", transcript.lines()))));
        return all;
    }

    @Override
    public void close() {
        outbound.close();
        facts.close();
        loaded.close();
    }
}
