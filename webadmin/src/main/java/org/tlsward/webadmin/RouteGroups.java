/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.google.inject.Inject;
import java.util.List;

/** All routes beside those that {@link TlsWardRoutes} itself answers. A constructor, so that nobody needs a Guice module for them. */
final class RouteGroups {
    private final List<RouteGroup> groups;

    /** Guice calls this. */
    @Inject
    RouteGroups(
            QueueRoutes queue,
            TlsReportRoutes reports,
            StsRoutes policies,
            QuarantineRoutes quarantine,
            EmergencyRoutes emergency,
            ProofRoutes proof,
            CheckRoutes checks,
            LookUpRoutes lookUps) {
        this(List.of(queue, reports, policies, quarantine, emergency, proof, checks, lookUps));
    }

    private RouteGroups(List<RouteGroup> groups) {
        this.groups = groups;
    }

    static RouteGroups of(RouteGroup... groups) {
        return new RouteGroups(List.of(groups));
    }

    void define(GuardedRoutes routes) {
        groups.forEach(group -> group.define(routes));
    }
}
