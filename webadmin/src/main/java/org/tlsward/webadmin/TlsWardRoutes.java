/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.inject.Inject;
import java.util.Map;
import org.apache.james.webadmin.Routes;
import org.tlsward.james.WardHealth;
import spark.Service;

/**
 * The data of TLS Ward as JSON. In {@code webadmin.properties}:
 *
 * <pre>
 * extensions.routes=org.tlsward.webadmin.TlsWardRoutes
 * </pre>
 *
 * <p>Every route wants a named secret, which {@code tlsward token add NAME} makes:
 *
 * <pre>
 * curl -H "X-TlsWard-Token: $TOKEN" http://127.0.0.1:8000/tlsward/api/health
 * </pre>
 *
 * <table>
 *   <caption>Routes</caption>
 *   <tr><th>route</th><th>answer</th></tr>
 *   <tr><td>{@code GET /tlsward/api/health}</td><td>what is wrong with TLS Ward</td></tr>
 *   <tr><td>{@code GET /tlsward/api/visitor}</td><td>whose token it is</td></tr>
 * </table>
 *
 * <p>401: no valid token. 403: a request of another web site, or under a name that is not ours. 400: a request that makes no sense.
 */
public class TlsWardRoutes implements Routes {
    /** Where all data is. */
    static final String BASE = "/tlsward/api";

    private final RequestGuard guard;
    private final WardHealth health;

    /** Guice calls this. */
    @Inject
    TlsWardRoutes(RequestGuard guard, WardHealth health) {
        this.guard = guard;
        this.health = health;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        new GuardedRoutes(service, guard, BASE)
                .get("/health", (visitor, request) -> HealthView.of(health.problems()))
                .get("/visitor", (visitor, request) -> Map.of("name", visitor.name()));
    }
}
