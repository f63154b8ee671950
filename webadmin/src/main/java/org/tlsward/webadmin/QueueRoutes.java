/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.net.InetAddresses;
import com.google.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.explain.RequirementWords;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.WaitingMail;
import org.tlsward.policy.DomainName;
import org.tlsward.policy.RequirementText;
import spark.Request;

/** Mail that waits to go out: look, hold a destination, let it go on, try now. Who did what is in the log. */
class QueueRoutes implements RouteGroup {
    private static final Logger LOGGER = LoggerFactory.getLogger(QueueRoutes.class);

    private final OutgoingMail outgoing;

    @Inject
    QueueRoutes(OutgoingMail outgoing) {
        this.outgoing = outgoing;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/queue", (visitor, request) -> waiting(request))
                .get("/queue/held", (visitor, request) -> held())
                .post("/queue/retry", (visitor, request) -> retry(visitor, Optional.empty()))
                .post("/queue/:destination/retry", (visitor, request) -> retry(visitor, Optional.of(target(request))))
                .post("/queue/:destination/hold", (visitor, request) -> hold(visitor, target(request)))
                .post("/queue/:destination/resume", (visitor, request) -> resume(visitor, target(request)));
    }

    private JsonNode waiting(Request request) throws IOException {
        int limit = Shown.limit(request);
        Optional<String> destination =
                Optional.ofNullable(request.queryParams("destination")).map(QueueRoutes::domain);
        Set<String> held = outgoing.held().keySet();
        return Shown.first(limit, "mails", outgoing.waiting(destination, limit + 1), mail -> entry(mail, held));
    }

    private static JsonNode entry(WaitingMail mail, Set<String> held) {
        ObjectNode entry = Shown.object()
                .put("name", mail.name())
                .put("queue", mail.queue())
                .put("sender", mail.sender().orElse(""));
        Shown.putNames(entry, "recipients", mail.recipients());
        Shown.putNames(entry, "destinations", mail.destinations());
        List<String> waitsFor =
                mail.destinations().stream().filter(held::contains).toList();
        Shown.putNames(entry, "held", waitsFor);
        entry.put("required", inWords(mail.required()));
        Shown.putNames(entry, "classes", mail.classes());
        entry.put("tries", mail.tries());
        mail.nextAttempt().ifPresent(at -> entry.put("nextAttempt", at.toString()));
        return entry.put("lastOutcome", mail.lastOutcome());
    }

    /** Before the first attempt nobody knows it. */
    private static String inWords(String requirement) {
        return requirement.isEmpty() ? "" : RequirementWords.of(RequirementText.parse(requirement));
    }

    private JsonNode held() {
        Map<String, Instant> all = outgoing.held();
        // An operator has put them there one by one: there are not many.
        return Shown.first(all.size(), "held", List.copyOf(all.entrySet()), each -> Shown.object()
                .put("destination", each.getKey())
                .put("since", each.getValue().toString()));
    }

    private JsonNode hold(Visitor visitor, String destination) throws IOException {
        boolean changed = outgoing.hold(destination);
        LOGGER.info("{} holds outgoing mail for {}{}", visitor.name(), destination, changed ? "" : " (held already)");
        return state(destination, true, changed);
    }

    private JsonNode resume(Visitor visitor, String destination) throws IOException {
        boolean wasHeld = outgoing.isHeld(destination);
        try {
            boolean changed = outgoing.resume(destination);
            LOGGER.info(
                    "{} lets outgoing mail for {} go on{}", visitor.name(), destination, changed ? "" : " (not held)");
            return state(destination, false, changed);
        } catch (IOException e) {
            if (!wasHeld || outgoing.isHeld(destination)) {
                throw e;
            }
            LOGGER.info("{} lets outgoing mail for {} go on in its own time", visitor.name(), destination);
            throw new IOException(
                    destination + " is not held any more, but its mail goes on in its own time: " + e.getMessage(), e);
        }
    }

    private static JsonNode state(String destination, boolean held, boolean changed) {
        return Shown.object().put("destination", destination).put("held", held).put("changed", changed);
    }

    private JsonNode retry(Visitor visitor, Optional<String> destination) throws IOException {
        long due = outgoing.retryNow(destination);
        LOGGER.info(
                "{} has {} outgoing mails for {} tried now",
                visitor.name(),
                due,
                destination.orElse("all destinations"));
        return Shown.object().put("due", due);
    }

    private static String target(Request request) {
        return domain(request.params(":destination"));
    }

    /** As recipient domains are compared: a name or, in brackets, an address (RFC 5321 §4.1.3). */
    static String domain(String text) {
        if (isAddressLiteral(text)) {
            return OutgoingMail.canonical(text);
        }
        return DomainName.canonicalOrEmpty(text)
                .orElseThrow(() -> new IllegalArgumentException("unsupported destination \"" + text
                        + "\" (expected: a recipient domain like partner.example, or an address like [192.0.2.1])"));
    }

    private static boolean isAddressLiteral(String text) {
        return text.startsWith("[")
                && text.endsWith("]")
                && InetAddresses.isInetAddress(
                        text.substring(1, Math.max(1, text.length() - 1)).replaceFirst("^(?i:IPv6:)", ""));
    }
}
