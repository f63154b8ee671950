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
 *   <tr><td>{@code GET /tlsward/api/queue[?destination=&limit=]}</td><td>mail that waits to go out</td></tr>
 *   <tr><td>{@code GET /tlsward/api/queue/held}</td><td>destinations that are held</td></tr>
 *   <tr><td>{@code POST /tlsward/api/queue/DOMAIN/hold}</td><td>attempts nothing for it until it is resumed</td></tr>
 *   <tr><td>{@code POST /tlsward/api/queue/DOMAIN/resume}</td><td>lets it go on, at once</td></tr>
 *   <tr><td>{@code POST /tlsward/api/queue/DOMAIN/retry}</td><td>makes its mail due now</td></tr>
 *   <tr><td>{@code POST /tlsward/api/queue/retry}</td><td>makes all mail due now</td></tr>
 *   <tr><td>{@code GET /tlsward/api/tls-reports[?limit=]}</td><td>TLS reports that came, the latest first</td></tr>
 *   <tr><td>{@code GET /tlsward/api/tls-reports/ID}</td><td>one of them</td></tr>
 *   <tr><td>{@code GET /tlsward/api/mta-sts[?domain=&limit=]}</td><td>MTA-STS policies of others in force</td></tr>
 *   <tr><td>{@code POST /tlsward/api/check}</td><td>what a domain has, and what would become of mail for it</td></tr>
 *   <tr><td>{@code GET /tlsward/api/explain?recipient=[&sender=&lang=]}</td><td>why a mail must travel how, and what would become of it</td></tr>
 *   <tr><td>{@code GET /tlsward/api/classes?address=}</td><td>the classes of an address, and why</td></tr>
 *   <tr><td>{@code GET /tlsward/api/exceptions}</td><td>exceptions and when they end</td></tr>
 *   <tr><td>{@code GET /tlsward/api/resolver}</td><td>whether DNSSEC works here</td></tr>
 *   <tr><td>{@code POST /tlsward/api/headers}</td><td>how a mail came, by its header</td></tr>
 * </table>
 *
 * <p>401: no valid token. 403: a request of another web site, or under a name that is not ours. 400: a request that makes no sense. 404:
 * nothing of that name. 503: not now; the message says why.
 */
public class TlsWardRoutes implements Routes {
    /** Where all data is. */
    static final String BASE = "/tlsward/api";

    private final RequestGuard guard;
    private final WardHealth health;
    private final QueueRoutes queue;
    private final TlsReportRoutes reports;
    private final StsRoutes policies;
    private final CheckRoutes checks;
    private final LookUpRoutes lookUps;

    /** Guice calls this. */
    @Inject
    TlsWardRoutes(
            RequestGuard guard,
            WardHealth health,
            QueueRoutes queue,
            TlsReportRoutes reports,
            StsRoutes policies,
            CheckRoutes checks,
            LookUpRoutes lookUps) {
        this.guard = guard;
        this.health = health;
        this.queue = queue;
        this.reports = reports;
        this.policies = policies;
        this.checks = checks;
        this.lookUps = lookUps;
    }

    @Override
    public String getBasePath() {
        return BASE;
    }

    @Override
    public void define(Service service) {
        GuardedRoutes routes = new GuardedRoutes(service, guard, BASE)
                .get("/health", (visitor, request) -> HealthView.of(health.problems()))
                .get("/visitor", (visitor, request) -> Map.of("name", visitor.name()));
        queue.define(routes);
        reports.define(routes);
        policies.define(routes);
        checks.define(routes);
        lookUps.define(routes);
    }
}
