/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import java.util.Optional;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.policy.Credentials;
import org.tlsward.policy.NextHop;

/**
 * How a mailet of this server delivers, beside {@code tlsward.xml}: for whoever wants to look at a destination on the same way.
 *
 * @param options port, name and addresses
 * @param gateway where all mail goes that no rule sends elsewhere
 * @param login at the gateway
 */
public record Outlet(OutboundDelivery.Options options, Optional<NextHop> gateway, Optional<Credentials> login) {
    /** What counts where nothing delivers. */
    public static final Outlet USUAL = new Outlet(OutboundDelivery.Options.usual(), Optional.empty(), Optional.empty());
}
