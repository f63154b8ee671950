/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.check.GateForecast;
import org.tlsward.check.OwnRecipients;
import org.tlsward.james.AliasLookup.AliasLookupException;
import org.tlsward.policy.SessionTls;

/** What James knows of recipients, for whoever asks why. */
@Singleton
public class ServerRecipients implements OwnRecipients {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerRecipients.class);

    private final AliasLookup aliases;
    private final DomainList domains;
    private final RecipientJudge judge;

    /** Guice calls this. */
    @Inject
    public ServerRecipients(AliasLookup aliases, DomainList domains, RecipientJudge judge) {
        this.aliases = aliases;
        this.domains = domains;
        this.judge = judge;
    }

    @Override
    public List<String> targetsOf(String recipient) throws IOException {
        try {
            return aliases.targets(address(recipient)).stream()
                    .map(MailAddress::asString)
                    .toList();
        } catch (AliasLookupException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isOurs(String domain) {
        try {
            return domains.containsDomain(Domain.of(domain));
        } catch (DomainListException | IllegalArgumentException e) {
            LOGGER.warn("whether {} is ours cannot be found out", domain, e);
            return false;
        }
    }

    @Override
    public List<GateForecast> gate(String recipient) {
        MailAddress address = address(recipient);
        boolean ours = isOurs(address.getDomain().asString());
        List<GateForecast> forecasts = new ArrayList<>();
        if (ours) {
            for (Optional<SessionTls> session : GateForecast.sessions()) {
                forecasts.add(
                        judge.isExempt(address, ours)
                                ? GateForecast.exempt(session)
                                : GateForecast.of(
                                        session,
                                        judge.judge(address, session, stranger())
                                                .verdict()));
            }
        }
        return forecasts;
    }

    /** An address of the range for documentation (RFC 5737): in no network that somebody exempts by itself. */
    private static InetAddress stranger() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are no address", e);
        }
    }

    private static MailAddress address(String text) {
        try {
            return new MailAddress(text);
        } catch (javax.mail.internet.AddressException e) {
            throw new IllegalArgumentException("unsupported address \"" + text + "\" (expected: name@domain)", e);
        }
    }
}
