/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.inject.Inject;
import com.google.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.utils.PropertiesProvider;
import org.tlsward.james.WardHealth;
import org.tlsward.token.TokenFile;
import org.tlsward.token.TokenGate;

/**
 * Who may pass. The browser of somebody at this machine must not be used against it: not by a page of another site (CSRF), and not by
 * a name of another site that points at us (DNS rebinding).
 */
@Singleton
class RequestGuard {
    private final Set<String> hosts;
    private final TokenGate tokens;

    /** Guice calls this. */
    @Inject
    RequestGuard(FileSystem files, PropertiesProvider properties, WardHealth health)
            throws IOException, ConfigurationException {
        this(
                hosts(properties),
                new TokenGate(files.getFile("file://conf/").toPath().resolve(TokenFile.NAME)));
        health.add(tokens);
    }

    RequestGuard(Collection<String> hosts, TokenGate tokens) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.tokens = tokens;
    }

    private static List<String> hosts(PropertiesProvider properties) throws ConfigurationException {
        try {
            String[] values = properties.getConfiguration("webadmin").getStringArray("tlsward.hosts");
            return Splitter.on(',').trimResults().omitEmptyStrings().splitToList(String.join(",", values));
        } catch (FileNotFoundException e) {
            return List.of(); // without the file WebAdmin is off
        }
    }

    /**
     * What a request says of itself; a header that is missing is empty.
     *
     * @param host under which name it comes
     * @param origin the site whose page it comes from
     * @param site what the browser says of that: {@code same-origin}, {@code cross-site} ...
     * @param token of the person or program
     */
    record Headers(Optional<String> host, Optional<String> origin, Optional<String> site, Optional<String> token) {}

    /** What becomes of a request. */
    sealed interface Verdict {}

    /** It passes. */
    record Pass(Visitor visitor) implements Verdict {}

    /** It does not. */
    record Refused(int status, String why) implements Verdict {}

    /** For what is public: only the name under which a request comes. */
    Optional<Refused> judgeHost(Optional<String> host) {
        return host.filter(this::isOurs).isPresent()
                ? Optional.empty()
                : Optional.of(new Refused(
                        403,
                        "unknown Host (expected: an IP address, localhost, or a name in tlsward.hosts of"
                                + " webadmin.properties)"));
    }

    Verdict judge(Headers headers) {
        Optional<Refused> unknown = judgeHost(headers.host());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        boolean otherOrigin = headers.origin()
                .filter(origin -> !isSame(origin, headers.host().get()))
                .isPresent();
        boolean otherSite = headers.site()
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        if (otherOrigin || otherSite) {
            return new Refused(403, "requests of other web sites are refused");
        }
        return headers.token()
                .flatMap(tokens::nameOf)
                .<Verdict>map(name -> new Pass(new Visitor(name)))
                .orElse(new Refused(
                        401, "no valid token in X-TlsWard-Token (expected: one that \"tlsward token add\" has shown)"));
    }

    private boolean isOurs(String hostHeader) {
        try {
            String host = HostAndPort.fromString(hostHeader).getHost().toLowerCase(Locale.ROOT);
            return InetAddresses.isInetAddress(host) || "localhost".equals(host) || hosts.contains(host);
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
