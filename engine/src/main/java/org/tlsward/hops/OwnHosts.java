/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tlsward.hops.Hop.Place;
import org.tlsward.policy.IpNetwork;

/**
 * What is ours.
 *
 * @param internal networks, {@code <networks internal="...">} of {@code tlsward.xml}
 * @param names of our servers, as they stand after {@code by}
 */
public record OwnHosts(List<IpNetwork> internal, Set<String> names) {
    /** Copies its arguments; names are compared without case and without a trailing dot. */
    public OwnHosts {
        internal = List.copyOf(internal);
        names = names.stream().map(OwnHosts::key).collect(Collectors.toUnmodifiableSet());
    }

    boolean wrote(ReceivedLine line) {
        return line.by().map(OwnHosts::key).filter(names::contains).isPresent();
    }

    Place place(ReceivedLine line) {
        if (line.isHandOver()) {
            return Place.HAND_OVER;
        }
        return line.address()
                .map(address -> address.isLoopbackAddress()
                        ? Place.LOOPBACK
                        : internal.stream().anyMatch(network -> network.contains(address))
                                ? Place.INTERNAL
                                : Place.EXTERNAL)
                .orElse(Place.UNKNOWN);
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
