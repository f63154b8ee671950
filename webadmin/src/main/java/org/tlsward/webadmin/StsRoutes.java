/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.tlsward.james.ServerFacts;
import org.tlsward.mtasts.RememberedPolicy;
import org.tlsward.policy.DomainName;
import spark.Request;

/** The MTA-STS policies of others that are in force here (RFC 8461). */
class StsRoutes implements RouteGroup {
    private final Supplier<List<RememberedPolicy>> remembered;

    @Inject
    StsRoutes(ServerFacts facts) {
        this(facts::rememberedPolicies);
    }

    StsRoutes(Supplier<List<RememberedPolicy>> remembered) {
        this.remembered = remembered;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/mta-sts", (visitor, request) -> policies(request));
    }

    private JsonNode policies(Request request) {
        Optional<String> domain =
                Optional.ofNullable(request.queryParams("domain")).map(DomainName::canonical);
        List<RememberedPolicy> found = remembered.get().stream()
                .filter(policy -> domain.isEmpty() || policy.domain().equals(domain.get()))
                .toList();
        return Shown.first(Shown.limit(request), "policies", found, StsRoutes::entry);
    }

    private static JsonNode entry(RememberedPolicy remembered) {
        ObjectNode entry = Shown.object()
                .put("domain", remembered.domain())
                .put("mode", remembered.policy().mode().word());
        Shown.putNames(entry, "mx", remembered.policy().mx());
        entry.put("maxAge", remembered.policy().maxAge().toSeconds())
                .put("id", remembered.id())
                .put("until", remembered.until().toString());
        remembered.setback().ifPresent(setback -> entry.putObject("setback")
                .put("cause", setback.cause().name().toLowerCase(Locale.ROOT))
                .put("why", setback.why())
                .put("since", setback.since().toString())
                .put("last", setback.last().toString()));
        return entry;
    }
}
