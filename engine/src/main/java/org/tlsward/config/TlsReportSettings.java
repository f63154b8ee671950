/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.nio.file.Path;
import java.util.Optional;
import org.tlsward.classes.MailboxName;

/**
 * Who sends our TLS reports (RFC 8460).
 *
 * @param organization as reports name us
 * @param contact who answers for them, and where reports of others arrive; never refused by the inbound gate
 * @param signing signs reports that go by mail; without it none do
 */
public record TlsReportSettings(
        Optional<String> organization, Optional<MailboxName> contact, Optional<Signing> signing) {

    /**
     * A key of DKIM (RFC 6376), published at {@code selector._domainkey.domain}.
     *
     * @param domain that signs: that of the contact, or one above it
     * @param selector of the key
     * @param key file with the private key (PEM)
     */
    public record Signing(String domain, String selector, Path key) {}
}
