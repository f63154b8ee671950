/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.token;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tlsward.policy.IpNetwork;

/**
 * The names under which WebAdmin may be asked. The browser of somebody at this machine must not be used against it: not by a page of another
 * site (CSRF), and not by a name of another site that points at us (DNS rebinding). Only IP addresses, {@code localhost} and configured
 * names pass.
 */
public final class OwnSite {
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<v6>[0-9A-Fa-f:.]+)\\]|(?<name>[^\\[\\]:/@\\s]+))(?::[0-9]{1,5})?");

    private final Set<String> names;

    /**
     * A site.
     *
     * @param names it has beside its addresses
     */
    public OwnSite(Collection<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Why a request is refused that comes under that name; empty if it is not.
     *
     * @param host its header {@code Host}
     */
    public Optional<String> refusal(Optional<String> host) {
        return host.filter(this::isOurs).isPresent()
                ? Optional.empty()
                : Optional.of("unknown Host (expected: an IP address, localhost, or a name in tlsward.hosts of"
                        + " webadmin.properties)");
    }

    /**
     * The same, for one that may come from a page of another site.
     *
     * @param origin its header {@code Origin}; programs send none
     */
    public Optional<String> refusal(Optional<String> host, Optional<String> origin) {
        return refusal(host).or(() -> origin.filter(page -> !isSame(page, host.orElseThrow()))
                .map(page -> "requests of other web sites are refused"));
    }

    private boolean isOurs(String header) {
        Matcher host = HOST.matcher(header);
        if (!host.matches()) {
            return false;
        }
        if (host.group("v6") != null) {
            return isAddress(host.group("v6"));
        }
        String name = host.group("name").toLowerCase(Locale.ROOT);
        return isAddress(name) || "localhost".equals(name) || names.contains(name);
    }

    private static boolean isAddress(String text) {
        try {
            return IpNetwork.parse(text).prefixLength() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
