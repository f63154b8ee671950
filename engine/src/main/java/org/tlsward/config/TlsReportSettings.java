/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.Optional;
import org.tlsward.classes.MailboxName;

/**
 * Who sends our TLS reports (RFC 8460).
 *
 * @param organization as reports name us
 * @param contact who answers for them, and where reports of others arrive; never refused by the inbound gate
 */
public record TlsReportSettings(Optional<String> organization, Optional<MailboxName> contact) {}
