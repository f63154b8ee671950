/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.NextHop;
import org.tlsward.smtp.ClientIdentity;

/**
 * Where a mail goes.
 *
 * @param domain of the recipients, in A-labels, or an address literal in brackets
 * @param via a fixed next hop; then no MX is looked up
 * @param credentials what to log in with there
 * @param identity the certificate that we show there
 */
public record Destination(
        String domain, Optional<NextHop> via, Optional<Credentials> credentials, Optional<ClientIdentity> identity) {

    /** By MX, without credentials and client certificate. */
    public static Destination of(String domain) {
        return new Destination(domain, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What limits and back-off count by: the fixed next hop, or the domain. */
    public String name() {
        return via.map(NextHop::toString).orElse(domain);
    }
}
