/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Response;

/**
 * Keeps the browser of somebody at this machine from being used against WebAdmin.
 *
 * <p>James answers every page with {@code Access-Control-Allow-Origin: *}, so any page that an admin visits could read
 * the quarantine on the loopback interface. A request is refused whose {@code Origin} is not the server itself, and whose
 * {@code Host} is a name that somebody else could point at us: only IP addresses, {@code localhost} and configured names
 * pass. Public routes, the health check among them, are not asked.
 */
final class WebAdminGuard implements AuthenticationFilter {

    private final Set<String> hosts;
    private final AuthenticationFilter next;

    WebAdminGuard(Collection<String> hosts, AuthenticationFilter next) {
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.next = next;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        refusal(Optional.ofNullable(request.headers("Host")), Optional.ofNullable(request.headers("Origin")))
                .ifPresent(WebAdminGuard::refuse);
        next.handle(request, response);
    }

    /** Why a request is refused; empty if it is not. */
    Optional<String> refusal(Optional<String> host, Optional<String> origin) {
        if (host.isEmpty() || !isOurs(host.get())) {
            return Optional.of("unknown Host (expected: an IP address, localhost, or a name in tlsward.hosts of"
                    + " webadmin.properties)");
        }
        if (origin.isPresent() && !isSameSite(origin.get(), host.get())) {
            return Optional.of("requests of other web sites are refused");
        }
        return Optional.empty();
    }

    private boolean isOurs(String hostHeader) {
        try {
            String host = HostAndPort.fromString(hostHeader).getHost().toLowerCase(Locale.ROOT);
            return InetAddresses.isInetAddress(host) || "localhost".equals(host) || hosts.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSameSite(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuse(String reason) {
        throw ErrorResponder.builder()
                .statusCode(HttpStatus.FORBIDDEN_403)
                .type(ErrorType.INVALID_ARGUMENT)
                .message(reason)
                .haltError();
    }
}
