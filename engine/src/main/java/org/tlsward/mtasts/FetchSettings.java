/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Duration;
import java.util.List;
import org.tlsward.policy.IpNetwork;

/**
 * How policies are fetched.
 *
 * @param port of policy hosts; anything but 443 is for tests
 * @param limit for the whole of a fetch, connecting and a server that drips included
 * @param internal networks of our own: the only addresses beside public ones that a policy host may have
 */
public record FetchSettings(int port, Duration limit, List<IpNetwork> internal) {
    static final int HTTPS = 443;

    /** RFC 8461 §3.3: one minute. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Copies its arguments. */
    public FetchSettings {
        internal = List.copyOf(internal);
    }

    /** As RFC 8461 has it. */
    public static FetchSettings standard(List<IpNetwork> internal) {
        return new FetchSettings(HTTPS, LIMIT, internal);
    }
}
