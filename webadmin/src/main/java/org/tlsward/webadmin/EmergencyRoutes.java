/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tlsward.james.EmergencyDesk;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.EmergencyStops.Change;
import org.tlsward.james.Ward;
import org.tlsward.policy.EmergencyEnd;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.EmergencyStop.What;

/** Emergency stops: look, stop something, let it go on. */
class EmergencyRoutes implements RouteGroup {
    private static final int LONGEST_WHY = 300;

    private final EmergencyStops stops;
    private final EmergencyDesk desk;
    private final EmergencyTargets targets;
    private final Clock clock;

    @Inject
    EmergencyRoutes(EmergencyStops stops, EmergencyDesk desk, Ward ward) {
        this(stops, desk, ward, Clock.systemUTC());
    }

    EmergencyRoutes(EmergencyStops stops, EmergencyDesk desk, Ward ward, Clock clock) {
        this.stops = stops;
        this.desk = desk;
        this.targets = new EmergencyTargets(ward);
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
        return Shown.first(all.size(), "stops", all, EmergencyRoutes::shown);
    }

    private static ObjectNode shown(EmergencyStop stop) {
        ObjectNode json = Shown.object()
                .put("what", stop.what().word())
                .put("name", stop.name())
                .put("why", stop.why())
                .put("by", stop.by())
                .put("since", stop.since().toString());
        stop.until().ifPresent(until -> json.put("until", until.toString()));
        return json;
    }

    private JsonNode stop(Visitor visitor, JsonBody body) throws IOException {
        What what = targets.what(body.optional("what"));
        String name = targets.name(what, body.optional("name").orElse(""));
        String why = body.optional("why").orElse("").strip();
        if (why.isEmpty() || why.length() > LONGEST_WHY) {
            throw new IllegalArgumentException(
                    "unsupported why (expected: 1 to " + LONGEST_WHY + " characters; senders may read them)");
        }
        Optional<Instant> until = body.optional("until")
                .filter(text -> !text.isBlank())
                .map(text -> EmergencyEnd.parse(text, clock.instant(), ZoneId.systemDefault()));
        if (what.needsEnd() && until.isEmpty()) {
            throw new IllegalArgumentException(
                    "the end is missing (expected: {\"until\":\"2h\"} for " + what.word() + ")");
        }
        Change change = desk.stop(new EmergencyStop(what, name, why, visitor.name(), desk.now(), until));
        ObjectNode answer = Shown.object()
                .put("stopped", true)
                .put("changed", change != Change.NONE)
                .put("what", what.word());
        find(what, name).flatMap(EmergencyStop::until).ifPresent(end -> answer.put("until", end.toString()));
        EmergencyTargets.warning(stops.tlsLimits()).ifPresent(text -> answer.put("warning", text));
        return answer;
    }

    private Optional<EmergencyStop> find(What what, String name) {
        return stops.inForce().stream().filter(stop -> stop.isAbout(what, name)).findFirst();
    }

    private JsonNode resume(Visitor visitor, JsonBody body) throws IOException {
        What what = EmergencyTargets.known(body.optional("what").orElse(""));
        String name = EmergencyTargets.written(what, body.optional("name").orElse(""));
        if (!desk.resume(what, name, visitor.name())) {
            throw new NoSuchElementException("nothing is stopped for " + what.word() + " " + name);
        }
        return Shown.object().put("resumed", true);
    }
}
