/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tlsward.classes.LdapDirectory;
import org.tlsward.policy.IpNetwork;

/** Reads {@code <ldap>}. */
final class LdapReader {
    private static final Syntax<List<URI>> URLS = Syntax.list(
            "one or more of ldaps://host[:port] or ldap://host[:port], separated by blanks", LdapReader::server);
    private static final List<String> MAIL_ATTRIBUTES = List.of("mail");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Set<String> SCHEMES = Set.of("ldap", "ldaps");

    private LdapReader() {}

    /** Empty if a value is wrong, which is a problem already. */
    static Optional<LdapDirectory> read(Element ldap) {
        Optional<List<URI>> servers = ldap.required("url", URLS);
        boolean startTls = ldap.value("startTls", Syntax.FLAG).orElse(false);
        Optional<String> user = ldap.value("user", Syntax.TEXT);
        Optional<String> password = ldap.value("password", Syntax.TEXT);
        if (ldap.has("user") != ldap.has("password")) {
            ldap.problem(
                    ldap.has("user") ? "user" : "password",
                    "user and password need each other (expected: both or none)");
        }
        if (ldap.has("trustPassword") && !ldap.has("trustStore")) {
            ldap.problem("trustPassword", "there is no trustStore that it could open");
        }
        servers.ifPresent(urls -> checkTls(ldap, urls, startTls));
        return servers.map(urls -> new LdapDirectory(
                urls,
                startTls,
                user,
                password,
                ldap.file("trustStore"),
                ldap.attribute("trustPassword"),
                ldap.value("mailAttributes", Syntax.WORDS).orElse(MAIL_ATTRIBUTES),
                ldap.value("timeLimit", Syntax.DURATION).orElse(TIME_LIMIT),
                ldap.value("refresh", Syntax.DURATION).orElse(REFRESH)));
    }

    private static void checkTls(Element ldap, List<URI> servers, boolean startTls) {
        for (URI server : servers) {
            boolean cleartext = "ldap".equalsIgnoreCase(server.getScheme());
            if (startTls && !cleartext) {
                ldap.problem("startTls", server + " is TLS from the first byte (expected: startTls with ldap:// only)");
            }
            // RFC 4513 §5.1.3: a simple bind without TLS shows the password to everybody on the way.
            if (cleartext && !startTls && ldap.has("password") && !isLoopback(server.getHost())) {
                ldap.problem(
                        "url",
                        server + " would send the password in cleartext (expected: ldaps:// or startTls=\"true\")");
            }
        }
    }

    private static boolean isLoopback(String host) {
        if ("localhost".equals(host.toLowerCase(Locale.ROOT))) {
            return true;
        }
        try {
            InetAddress address =
                    IpNetwork.parse(host.replaceAll("[\\[\\]]", "")).base();
            return address.isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            // A name: what it means may change, so it is not taken for this machine.
            return false;
        }
    }

    private static Optional<URI> server(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && ("".equals(uri.getRawPath()) || "/".equals(uri.getRawPath()));
            boolean usable = uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65535;
            return Optional.of(uri).filter(some -> bare && usable);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
