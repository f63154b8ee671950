/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Clock;
import org.tlsward.config.DnsSettings;

/** Where a {@link HostLookup} comes from. */
public final class HostLookups {
    private HostLookups() {}

    /**
     * As configured; make one for a server, because it remembers answers. Needs no closing.
     *
     * @throws java.io.UncheckedIOException if the file of trust anchors cannot be read
     */
    public static HostLookup of(DnsSettings settings, Clock clock) {
        return DnssecResolver.of(settings, clock);
    }
}
