/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
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
import org.tlsward.policy.Credentials;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.ClientIdentity;
import org.tlsward.smtp.Envelope.ReturnContent;
import org.tlsward.smtp.EnvelopeRecipient;

/** Turns a mail of James into {@linkplain Shipment shipments}: recipients that go the same way and need the same. */
final class MailShipments {
    private final MailDemand demands;
    private final DeliveryParameters parameters;

    MailShipments(MailDemand demands, DeliveryParameters parameters) {
        this.demands = demands;
        this.parameters = parameters;
    }

    /**
     * What recipients must have in common to share a transaction (RULES: caches, pools and batches).
     *
     * @param destination where to
     * @param group what is required
     */
    record Key(Destination destination, Demand.Group group) {}

    /** A recipient of James and the same one for the engine. */
    record Addressee(MailAddress address, Consignee consignee) {}

    /** The recipients of a mail by what they have in common, in the order of the mail. */
    Map<Key, List<Addressee>> split(Mail mail, WardConfiguration configuration, Instant now) {
        Map<MailAddress, RecipientDsnParameters> dsn = mail.dsnParameters()
                .<Map<MailAddress, RecipientDsnParameters>>map(DsnParameters::getRcptParameters)
                .orElse(Map.of());
        Map<Key, List<Addressee>> groups = new LinkedHashMap<>();
        for (MailAddress recipient : mail.getRecipients()) {
            Demand demand = demands.of(mail, recipient, now);
            Destination destination = destination(recipient.getDomain().asString(), configuration);
            EnvelopeRecipient envelope = envelope(recipient, Optional.ofNullable(dsn.get(recipient)));
            groups.computeIfAbsent(new Key(destination, demand.group()), key -> new ArrayList<>())
                    .add(new Addressee(recipient, new Consignee(envelope, demand)));
        }
        return groups;
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

    private Destination destination(String domain, WardConfiguration configuration) {
        Optional<DestinationRule> rule = configuration.destinations().destination(domain);
        Optional<NextHop> via = rule.flatMap(DestinationRule::via);
        Optional<Credentials> login = rule.flatMap(DestinationRule::credentials);
        if (via.isEmpty() && parameters.gateway().isPresent()) {
            via = parameters.gateway();
            login = login.or(parameters::login);
        }
        return new Destination(
                asciiDomain(domain),
                via,
                login,
                rule.flatMap(DestinationRule::clientCertificate).map(MailShipments::identity));
    }

    private static String asciiDomain(String domain) {
        try {
            return domain.startsWith("[")
                    ? domain
                    : IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return domain.toLowerCase(Locale.ROOT);
        }
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

    /** A reference {@code PATH} or {@code PATH#PASSWORD} of a PKCS#12 file, read for each attempt so that a new one counts at once. */
    private static ClientIdentity identity(String reference) {
        int hash = reference.indexOf('#');
        Path path = Path.of(hash < 0 ? reference : reference.substring(0, hash));
        String password = hash < 0 ? "" : reference.substring(hash + 1);
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return new ClientIdentity(reference, store, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the client certificate " + path + " cannot be read", e);
        }
    }
}
