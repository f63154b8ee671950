/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tlsward.evidence.EvidenceEmergency;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/** Emergency stops: look, stop mail of a kind, let it go on. */
class EmergencyRoutes implements RouteGroup {
    private static final int LONGEST_WHY = 300;

    private final EmergencyStops stops;
    private final Ward ward;
    private final WardEvidence evidence;
    private final OutgoingMail outgoing;
    private final Clock clock;

    @Inject
    EmergencyRoutes(EmergencyStops stops, Ward ward, WardEvidence evidence, OutgoingMail outgoing) {
        this(stops, ward, evidence, outgoing, Clock.systemUTC());
    }

    EmergencyRoutes(EmergencyStops stops, Ward ward, WardEvidence evidence, OutgoingMail outgoing, Clock clock) {
        this.stops = stops;
        this.ward = ward;
        this.evidence = evidence;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/emergency", (visitor, request) -> inForce())
                .post("/emergency/stop", (visitor, request) -> stop(visitor, JsonBody.of(request)))
                .post("/emergency/resume", (visitor, request) -> resume(visitor, JsonBody.of(request)));
    }

    private JsonNode inForce() {
        List<EmergencyStop> all = stops.inForce();
        // An operator has put them there one by one: there are not many.
        return Shown.first(all.size(), "stops", all, stop -> Shown.object()
                .put("what", stop.what().word())
                .put("name", stop.name())
                .put("why", stop.why())
                .put("by", stop.by())
                .put("since", stop.since().toString()));
    }

    private JsonNode stop(Visitor visitor, JsonBody body) throws IOException {
        What what = what(body);
        String name = name(what, body);
        if (what == What.CLASS && !classes().contains(name)) {
            throw new IllegalArgumentException(
                    "unsupported class \"" + name + "\" (expected: one of " + String.join(", ", classes()) + ")");
        }
        String why = body.optional("why").orElse("").strip();
        if (why.isEmpty() || why.length() > LONGEST_WHY) {
            throw new IllegalArgumentException(
                    "unsupported why (expected: 1 to " + LONGEST_WHY + " characters; senders may read them)");
        }
        EmergencyStop stop = new EmergencyStop(
                what, name, why, visitor.name(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        boolean before = stops.inForce().contains(stop);
        try {
            return Shown.object().put("stopped", true).put("changed", stops.stop(stop));
        } finally {
            // It counts even if it could not be written down.
            if (!before && stops.inForce().contains(stop)) {
                evidence.note(List.of(EvidenceEmergency.stopped(stop)));
            }
        }
    }

    private JsonNode resume(Visitor visitor, JsonBody body) throws IOException {
        What what = what(body);
        String name = name(what, body);
        if (!stops.resume(what, name, visitor.name())) {
            throw new NoSuchElementException("nothing is stopped for " + what.word() + " " + name);
        }
        evidence.note(List.of(EvidenceEmergency.resumed(
                clock.instant().truncatedTo(ChronoUnit.SECONDS), what, name, visitor.name())));
        try {
            outgoing.retryNow(what == What.DESTINATION && !name.startsWith(".") ? Optional.of(name) : Optional.empty());
        } catch (IOException e) {
            throw new IOException("it is stopped no more, but its mail goes on in its own time: " + e.getMessage(), e);
        }
        return Shown.object().put("resumed", true);
    }

    private Set<String> classes() {
        return new TreeSet<>(ward.current().configuration().rules().keySet());
    }

    private static What what(JsonBody body) {
        String word = body.optional("what").orElse("");
        return What.of(word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported what \"" + word + "\" (expected: class, destination, all)"));
    }

    private static String name(What what, JsonBody body) {
        String name = body.optional("name").orElse("").strip();
        return switch (what) {
            case CLASS -> name;
            case DESTINATION -> destination(name);
            case ALL -> {
                if (!name.isEmpty()) {
                    throw new IllegalArgumentException("unsupported name \"" + name + "\" (expected: none for all)");
                }
                yield "";
            }
        };
    }

    /** As {@code match} of a destination, without the one that means everybody; or an address in brackets. */
    private static String destination(String name) {
        if (name.equals("*")) {
            throw new IllegalArgumentException("unsupported destination \"*\" (expected: a domain; or stop all)");
        }
        return name.startsWith("[") && name.endsWith("]")
                ? OutgoingMail.canonical(name)
                : DomainMatch.parse(name).toString();
    }
}
