/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tlsward.check.ClassLookup;
import org.tlsward.check.HopReport;
import org.tlsward.check.OwnRecipients;
import org.tlsward.check.ReportJson;
import org.tlsward.classes.ClassGround;
import org.tlsward.config.DnsSettings;
import org.tlsward.config.LiveWard.Snapshot;
import org.tlsward.dns.ResolverStatus;
import org.tlsward.dns.ResolverStatus.State;
import org.tlsward.hops.HopAudit;
import org.tlsward.hops.OwnHosts;
import org.tlsward.hops.ReceivedFields;
import org.tlsward.james.ServerFacts;
import org.tlsward.james.ServerRecipients;
import org.tlsward.james.Ward;
import org.tlsward.outbound.HostName;
import org.tlsward.policy.InboundMinimum;
import org.tlsward.policy.PolicyException;
import spark.Request;

/** What is known here without asking another server. */
class LookUpRoutes implements RouteGroup {
    private static final Duration SOON = Duration.ofDays(14);

    private final Ward ward;
    private final ServerFacts facts;
    private final OwnRecipients recipients;
    private final Clock clock;

    @Inject
    LookUpRoutes(Ward ward, ServerFacts facts, ServerRecipients recipients) {
        this(ward, facts, recipients, Clock.systemUTC());
    }

    LookUpRoutes(Ward ward, ServerFacts facts, OwnRecipients recipients, Clock clock) {
        this.ward = ward;
        this.facts = facts;
        this.recipients = recipients;
        this.clock = clock;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/classes", (visitor, request) -> classes(request))
                .get("/exceptions", (visitor, request) -> exceptions())
                .get("/resolver", (visitor, request) -> resolver())
                .post("/headers", (visitor, request) -> headers(request));
    }

    private JsonNode classes(Request request) throws IOException {
        String address = Optional.ofNullable(request.queryParams("address"))
                .orElseThrow(() -> new IllegalArgumentException("the address is missing (expected: address=...)"));
        Snapshot now = ward.current();
        ClassLookup lookup =
                new ClassLookup(now.classes(), now.configuration().subAddressDelimiters(), Optional.of(recipients));
        ObjectNode answer = Shown.object().put("address", address);
        ArrayNode list = answer.putArray("classes");
        for (ClassGround ground : lookup.groundsOf(address)) {
            list.addObject().put("name", ground.className()).put("because", ground.because());
        }
        return answer;
    }

    private JsonNode exceptions() {
        List<PolicyException> all =
                new ArrayList<>(ward.current().configuration().destinations().exceptions());
        return Shown.first(all.size(), "exceptions", all, each -> Shown.object()
                .put("match", each.match().toString())
                .put("level", each.level().word())
                .put("reason", each.reason())
                .put("until", each.until().toString())
                .put("state", state(each)));
    }

    private String state(PolicyException exception) {
        Instant now = clock.instant();
        if (!exception.isActiveAt(now)) {
            return "expired";
        }
        return exception.isActiveAt(now.plus(SOON)) ? "active" : "ends-soon";
    }

    private JsonNode resolver() {
        DnsSettings dns = ward.current().configuration().dns();
        ResolverStatus status = facts.resolverStatus();
        ObjectNode answer = Shown.object()
                .put("state", word(status.state()))
                .put("mode", dns.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        Shown.putNames(
                answer,
                "servers",
                dns.servers().stream()
                        .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                        .toList());
        answer.put("message", status.message());
        status.checkedAt().ifPresent(at -> answer.put("checkedAt", at.toString()));
        ObjectNode now = answer.putObject("clock").put("now", clock.instant().toString());
        if (status.state() == State.DEGRADED) {
            // Signatures have a beginning and an end: a clock that is wrong looks like a resolver that is.
            now.put("message", "if this is not the time of day, the clock may be why DNSSEC does not work");
        }
        return answer;
    }

    private static String word(State state) {
        return switch (state) {
            case OK -> "ok";
            case FAILED -> "failed";
                // What was not tested is not known to be good.
            case DEGRADED, UNKNOWN -> "degraded";
        };
    }

    private Map<String, Object> headers(Request request) throws IOException {
        JsonBody body = JsonBody.of(request);
        String text = body.optional("headers")
                .orElseThrow(() ->
                        new IllegalArgumentException("the headers are missing (expected: {\"headers\":\"...\"})"));
        String asked = body.optional("minimum").orElse(InboundMinimum.TLS_1_2.word());
        InboundMinimum minimum = InboundMinimum.of(asked)
                .filter(found -> found != InboundMinimum.NONE)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported minimum \"" + asked + "\" (expected: any, TLSv1.2 or TLSv1.3)"));
        OwnHosts own = new OwnHosts(ward.current().configuration().internalNetworks(), Set.of(helo()));
        return ReportJson.of(new HopReport(HopAudit.of(ReceivedFields.in(text), own, minimum)).report());
    }

    private String helo() {
        return facts.outlet().options().heloName().orElseGet(HostName::ofThisMachine);
    }
}
