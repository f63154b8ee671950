/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.tlsward.config.WardConfiguration;
import org.tlsward.delivery.Consignee;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.Shipment;
import org.tlsward.outbound.ClientIdentities;
import org.tlsward.policy.ClientCertificate;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.DomainName;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.ClientIdentity;
import org.tlsward.smtp.Envelope.ReturnContent;
import org.tlsward.smtp.EnvelopeRecipient;

/** Turns a mail of James into {@linkplain Shipment shipments}: recipients that go the same way and need the same. */
final class MailShipments {
    private final MailDemand demands;
    private final DeliveryParameters parameters;
    private final InnerErrors errors;
    private final ClientIdentities identities = new ClientIdentities();

    MailShipments(MailDemand demands, DeliveryParameters parameters, InnerErrors errors) {
        this.demands = demands;
        this.parameters = parameters;
        this.errors = errors;
    }

    /**
     * What recipients must have in common to share a transaction (RULES: caches, pools and batches).
     *
     * @param destination where to
     * @param group what is required
     * @param obstacle why our side cannot go there, for people; empty if it can
     */
    record Key(Destination destination, Demand.Group group, Optional<String> obstacle) {}

    /** Where the mail for a domain goes, and why it cannot if it cannot. */
    private record Way(Destination destination, Optional<String> obstacle) {}

    /** A recipient of James and the same one for the engine. */
    record Addressee(MailAddress address, Consignee consignee) {}

    /** The recipients of a mail by what they have in common, in the order of the mail. */
    Map<Key, List<Addressee>> split(Mail mail, WardConfiguration configuration, Instant now) {
        Map<MailAddress, RecipientDsnParameters> dsn = mail.dsnParameters()
                .<Map<MailAddress, RecipientDsnParameters>>map(DsnParameters::getRcptParameters)
                .orElse(Map.of());
        Map<Key, List<Addressee>> groups = new LinkedHashMap<>();
        Map<String, Way> ways = new HashMap<>();
        for (MailAddress recipient : mail.getRecipients()) {
            Way way = ways.computeIfAbsent(recipient.getDomain().asString(), domain -> way(domain, configuration));
            EnvelopeRecipient envelope = envelope(recipient, Optional.ofNullable(dsn.get(recipient)));
            Optional<String> obstacle = way.obstacle();
            Demand demand;
            try {
                demand = demands.of(mail, recipient, now);
            } catch (RuntimeException | LinkageError e) {
                errors.record("what " + mail.getName() + " needs for " + recipient + " cannot be found out", e);
                demand = undecided(configuration);
                obstacle = Optional.of("an error in this server: what is required cannot be found out");
            }
            groups.computeIfAbsent(new Key(way.destination(), demand.group(), obstacle), key -> new ArrayList<>())
                    .add(new Addressee(recipient, new Consignee(envelope, demand)));
        }
        return groups;
    }

    /** Where nobody knows what is required, everything may be. */
    private static Demand undecided(WardConfiguration configuration) {
        return Demand.builder()
                .unknownClass(configuration.rules().values(), "an error in this server")
                .build();
    }

    /** What limits and back-off count by, of the mail's first recipient: those of one queued mail go the same way. */
    String lane(Mail mail, WardConfiguration configuration) {
        return mail.getRecipients().stream()
                .findFirst()
                .map(recipient -> next(recipient.getDomain().asString(), configuration)
                        .map(NextHop::toString)
                        .orElseGet(() -> asciiDomain(recipient.getDomain().asString())))
                .orElse("");
    }

    /** A fixed next hop, if there is one. */
    private Optional<NextHop> next(String domain, WardConfiguration configuration) {
        return configuration
                .destinations()
                .destination(domain)
                .flatMap(DestinationRule::via)
                .or(parameters::gateway);
    }

    /** The shipment of some recipients of a mail. */
    static Shipment shipment(Mail mail, Destination destination, List<Addressee> some, MailetContext context)
            throws MessagingException {
        Optional<DsnParameters> dsn = mail.dsnParameters();
        return new Shipment(
                destination,
                mail.getMaybeSender().asOptional().map(MailAddress::asString),
                some.stream().map(Addressee::consignee).toList(),
                new Shipment.DsnParameters(
                        dsn.flatMap(DsnParameters::getRetParameter).map(ret -> ReturnContent.valueOf(ret.name())),
                        dsn.flatMap(DsnParameters::getEnvIdParameter)
                                .map(id -> DsnParameters.XText.decode(id.asString()))),
                JamesMessage.of(mail.getMessage(), context));
    }

    private Way way(String domain, WardConfiguration configuration) {
        Optional<DestinationRule> rule = configuration.destinations().destination(domain);
        Optional<NextHop> via = next(domain, configuration);
        Optional<Credentials> login = rule.flatMap(DestinationRule::credentials);
        if (rule.flatMap(DestinationRule::via).isEmpty() && parameters.gateway().isPresent()) {
            login = login.or(parameters::login);
        }
        Optional<ClientIdentity> identity = Optional.empty();
        Optional<String> obstacle = Optional.empty();
        try {
            Optional<ClientCertificate> certificate = rule.flatMap(DestinationRule::clientCertificate);
            identity = certificate.isPresent() ? Optional.of(identities.of(certificate.get())) : Optional.empty();
        } catch (IOException e) {
            obstacle = Optional.of(e.getMessage());
        }
        return new Way(new Destination(asciiDomain(domain), via, login, identity), obstacle);
    }

    /** What IDNA 2003 would turn into another name stays as it is, and is found by nobody. */
    private static String asciiDomain(String domain) {
        return DomainName.canonicalOrEmpty(domain)
                .orElseGet(() -> domain.toLowerCase(Locale.ROOT)); // an address literal
    }

    private static EnvelopeRecipient envelope(MailAddress recipient, Optional<RecipientDsnParameters> dsn) {
        Set<EnvelopeRecipient.Notify> notify = dsn.flatMap(RecipientDsnParameters::getNotifyParameter)
                .map(set -> set.stream()
                        .map(each -> EnvelopeRecipient.Notify.valueOf(each.name()))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        Optional<String> original =
                dsn.flatMap(RecipientDsnParameters::getOrcptParameter).map(address -> "rfc822;" + address.asString());
        return new EnvelopeRecipient(recipient.asString(), notify, original);
    }
}
