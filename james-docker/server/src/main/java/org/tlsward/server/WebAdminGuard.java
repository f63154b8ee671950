/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.server;

import java.util.Collection;
import java.util.Optional;
import org.apache.james.webadmin.authentication.AuthenticationFilter;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.tlsward.token.OwnSite;
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

    private final OwnSite site;
    private final AuthenticationFilter next;

    WebAdminGuard(Collection<String> hosts, AuthenticationFilter next) {
        this.site = new OwnSite(hosts);
        this.next = next;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        site.refusal(Optional.ofNullable(request.headers("Host")), Optional.ofNullable(request.headers("Origin")))
                .ifPresent(WebAdminGuard::refuse);
        next.handle(request, response);
    }

    private static void refuse(String reason) {
        throw ErrorResponder.builder()
                .statusCode(HttpStatus.FORBIDDEN_403)
                .type(ErrorType.INVALID_ARGUMENT)
                .message(reason)
                .haltError();
    }
}
