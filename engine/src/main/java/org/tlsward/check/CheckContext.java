/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tlsward.classes.RecipientClasses;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Destination;
import org.tlsward.mtasts.FetchSettings;
import org.tlsward.mtasts.HttpsPolicyFetcher;
import org.tlsward.mtasts.PolicyFetcher;
import org.tlsward.mtasts.StsFetch;
import org.tlsward.mtasts.TrustedCas;
import org.tlsward.outbound.ClientIdentities;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.outbound.TrustedCertificates;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.PolicyException;
import org.tlsward.policy.TlsLimits;
import org.tlsward.smtp.ClientIdentity;

/** What checks work with: a configuration, and the delivery that the server would make of it, or has made. */
public final class CheckContext {
    private final Parts parts;
    private final Consumer<String> progress;
    private final Optional<RecordedTranscript> transcript;
    private final Server server;

    /** What a running server knows beside its configuration: the gateway of its mailet, and what an operator has stopped. */
    private record Server(Optional<NextHop> gateway, Optional<Credentials> login, List<EmergencyStop> stops) {
        private static final Server UNKNOWN = new Server(Optional.empty(), Optional.empty(), List.of());
    }

    /**
     * Where answers come from. Whoever opened them closes them.
     *
     * @param configuration in force
     * @param classes of addresses
     * @param outbound asks and connects as a delivery does; its options say the port
     * @param fetching how policies are fetched
     * @param clock for end dates
     */
    public record Parts(
            WardConfiguration configuration,
            RecipientClasses classes,
            OutboundDelivery outbound,
            FetchSettings fetching,
            Clock clock) {}

    /**
     * Puts them together.
     *
     * @param progress tells a waiting person what goes on
     * @param transcript what the delivery records, if somebody wants to read it
     */
    public CheckContext(Parts parts, Consumer<String> progress, Optional<RecordedTranscript> transcript) {
        this(parts, progress, transcript, Server.UNKNOWN);
    }

    private CheckContext(
            Parts parts, Consumer<String> progress, Optional<RecordedTranscript> transcript, Server server) {
        this.parts = parts;
        this.progress = progress;
        this.transcript = transcript;
        this.server = server;
    }

    /** The same where all mail that no rule sends elsewhere goes by a gateway. */
    public CheckContext by(Optional<NextHop> hop, Optional<Credentials> loginThere) {
        return new CheckContext(parts, progress, transcript, new Server(hop, loginThere, server.stops()));
    }

    /** The same while an operator has stopped that. */
    public CheckContext under(Collection<EmergencyStop> stops) {
        return new CheckContext(
                parts, progress, transcript, new Server(server.gateway(), server.login(), List.copyOf(stops)));
    }

    Collection<EmergencyStop> stops() {
        return server.stops();
    }

    /** The configuration that counts. */
    public WardConfiguration configuration() {
        return parts.configuration();
    }

    RecipientClasses classes() {
        return parts.classes();
    }

    /** Asks and connects as a delivery does. */
    public OutboundDelivery outbound() {
        return parts.outbound();
    }

    Clock clock() {
        return parts.clock();
    }

    int port() {
        return outbound().port();
    }

    /** Gets policies as the delivery does, and remembers none. */
    PolicyFetcher policies() throws IOException {
        TrustedCas trust = configuration().trust().isPresent()
                ? TrustedCas.of(TrustedCertificates.of(configuration().trust().get()))
                : TrustedCas.ofJvm();
        PolicyFetcher fetcher = new HttpsPolicyFetcher(outbound().lookup(), trust, parts.fetching());
        return domain -> TlsLimits.of(stops())
                .off()
                .<StsFetch>map(stop -> new StsFetch.Postponed("emergency: " + stop.told()))
                .orElseGet(() -> fetcher.fetch(domain));
    }

    void progress(String what) {
        progress.accept(what);
    }

    Optional<DestinationRule> rule(String domain) {
        return configuration().destinations().destination(domain);
    }

    Optional<PolicyException> exception(String domain) {
        return configuration().destinations().exception(domain, clock().instant());
    }

    /** Where mail for a domain goes, by the configuration. */
    Destination destination(String domain) throws IOException {
        Optional<DestinationRule> rule = rule(domain);
        Optional<ClientIdentity> identity = Optional.empty();
        if (rule.flatMap(DestinationRule::clientCertificate).isPresent()) {
            identity = Optional.of(new ClientIdentities()
                    .of(rule.flatMap(DestinationRule::clientCertificate).get()));
        }
        Optional<NextHop> via = rule.flatMap(DestinationRule::via);
        Optional<Credentials> credentials = rule.flatMap(DestinationRule::credentials);
        return via.isPresent() || server.gateway().isEmpty()
                ? new Destination(domain, via, credentials, identity)
                : new Destination(domain, server.gateway(), credentials.or(server::login), identity);
    }

    /** The sections of a report, with the transcript at the end if it was asked for. */
    List<Report.Section> withTranscript(List<Report.Section> sections) {
        if (transcript.isEmpty()) {
            return sections;
        }
        List<Report.Section> all = new ArrayList<>(sections);
        Report.Block dialogue = new Report.Block("dialogue", transcript.get().lines());
        all.add(new Report.Section("Transcript", List.of(dialogue)));
        return all;
    }
}
