/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.explain.CleanText;
import org.tlsward.explain.Explanation;
import org.tlsward.explain.Language;
import org.tlsward.explain.RequirementWords;
import org.tlsward.james.quarantine.KeptMail;
import org.tlsward.james.quarantine.PendingOverride;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.ReleaseMark;
import org.tlsward.policy.Reason;
import org.tlsward.policy.TlsLevel;
import spark.Request;

/** Mail that was withheld: look, let it go, send it back. Never its body. Who did what is in the evidence. */
class QuarantineRoutes implements RouteGroup {
    private static final Logger LOGGER = LoggerFactory.getLogger(QuarantineRoutes.class);
    private static final int MOST_LISTS = 3;
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_HEADER = 1000;

    private final Quarantine quarantine;
    private final FewAtOnce looking;

    /** Guice calls this; that James' own routes are closed is asked for where ours are opened. */
    @Inject
    QuarantineRoutes(Quarantine quarantine, OpenRepositories unused) {
        this(quarantine, new FewAtOnce(MOST_LISTS, "the quarantine"));
    }

    QuarantineRoutes(Quarantine quarantine, FewAtOnce looking) {
        this.quarantine = quarantine;
        this.looking = looking;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/quarantine", (visitor, request) -> looking.look(() -> list(request)))
                .get("/quarantine/:id", (visitor, request) -> show(request))
                .post("/quarantine/release", this::releaseAll)
                .post("/quarantine/:id/release", this::release)
                .post("/quarantine/:id/override", this::override)
                .post("/quarantine/:id/confirm", this::confirm)
                .post("/quarantine/:id/withdraw", this::withdraw)
                .post("/quarantine/:id/bounce", this::bounce);
    }

    private JsonNode list(Request request) throws IOException {
        int limit = Shown.limit(request);
        Language language = language(request);
        Optional<String> destination =
                Optional.ofNullable(request.queryParams("destination")).map(QueueRoutes::domain);
        Optional<String> reason =
                Optional.ofNullable(request.queryParams("reason")).map(QuarantineRoutes::reason);
        return Shown.first(
                        limit, "mails", quarantine.list(destination, reason, limit + 1), mail -> entry(mail, language))
                .put("fourEyes", quarantine.fourEyes());
    }

    private static ObjectNode entry(KeptMail mail, Language language) {
        ObjectNode entry = Shown.object()
                .put("id", mail.id())
                .put("repository", mail.repository())
                .put("sender", mail.envelope().sender());
        Shown.putNames(entry, "recipients", mail.envelope().recipients());
        entry.put("subject", mail.subject().orElse(""))
                .put("reason", mail.why().word())
                .put(
                        "sentence",
                        mail.why()
                                .explained(language)
                                .map(Explanation::forAdmins)
                                .orElse(mail.why().sentence()));
        mail.withheldAt().ifPresent(at -> entry.put("withheldAt", at.toString()));
        mail.expires().ifPresent(at -> entry.put("expires", at.toString()));
        entry.put("size", mail.size());
        mail.pending().ifPresent(pending -> entry.set("pending", pending(pending)));
        return entry;
    }

    private static ObjectNode pending(PendingOverride pending) {
        ObjectNode node = Shown.object()
                .put("by", pending.by())
                .put("at", pending.at().toString())
                .put("why", pending.why());
        return lowered(node, pending.level());
    }

    /** Whoever asks and whoever confirms see what the mail would travel under. */
    private static ObjectNode lowered(ObjectNode node, TlsLevel level) {
        return node.put("level", level.word())
                .put(
                        "means",
                        level.requirement().isEmpty()
                                ? "TLS if the other side offers it, else cleartext"
                                : RequirementWords.of(level.requirement()) + " with any certificate");
    }

    private JsonNode show(Request request) throws IOException {
        Language language = language(request);
        KeptMail mail = quarantine.find(id(request));
        ObjectNode shown = entry(mail, language).put("fourEyes", quarantine.fourEyes());
        mail.why().explained(language).ifPresent(explanation -> shown.put("explanation", explanation.forPeople())
                .put("admins", explanation.forAdmins()));
        shown.put("required", RequirementWords.of(mail.why().required()));
        Shown.putNames(shown, "classes", mail.why().classes().stream().sorted().toList());
        ArrayNode levels = shown.putArray("overrides");
        ReleaseMark.LEVELS.forEach(level -> levels.add(lowered(Shown.object(), level)));
        ArrayNode headers = shown.putArray("headers");
        all(quarantine.headers(mail.id())).forEach(headers::add);
        return shown;
    }

    private static List<ObjectNode> all(List<KeptMail.HeaderField> headers) {
        return headers.stream()
                .limit(MOST_HEADERS)
                .map(header -> Shown.object()
                        .put("name", CleanText.of(header.name(), LONGEST_HEADER))
                        .put("value", CleanText.of(header.value(), LONGEST_HEADER)))
                .toList();
    }

    private JsonNode release(Visitor visitor, Request request) throws IOException {
        quarantine.release(id(request), visitor.name());
        LOGGER.info("{} releases {}", visitor.name(), id(request));
        return state("released");
    }

    private JsonNode releaseAll(Visitor visitor, Request request) throws IOException {
        String destination = QueueRoutes.domain(JsonBody.of(request).text("destination"));
        Quarantine.Released all = quarantine.releaseAll(destination, visitor.name());
        LOGGER.info("{} releases {} mails for {}", visitor.name(), all.released(), destination);
        return Shown.object().put("released", all.released()).put("failed", all.failed());
    }

    private JsonNode override(Visitor visitor, Request request) throws IOException {
        JsonBody body = JsonBody.of(request);
        TlsLevel level = level(body.optional("level").orElse(TlsLevel.ENCRYPT.word()));
        Quarantine.Wish wish = quarantine.override(id(request), visitor.name(), body.text("why"), level);
        LOGGER.info("{} overrides the requirement of {}: {}", visitor.name(), id(request), wish);
        return lowered(state(wish == Quarantine.Wish.PENDING ? "pending" : "released"), level);
    }

    private static TlsLevel level(String word) {
        return TlsLevel.of(word)
                .filter(ReleaseMark.LEVELS::contains)
                .orElseThrow(() -> new IllegalArgumentException("unsupported level \"" + word + "\" (expected: "
                        + ReleaseMark.LEVELS.stream().map(TlsLevel::word).collect(Collectors.joining(", ")) + ")"));
    }

    private JsonNode confirm(Visitor visitor, Request request) throws IOException {
        Instant seen = JsonBody.of(request)
                .optional("at")
                .map(QuarantineRoutes::time)
                .orElseThrow(() -> new IllegalArgumentException(
                        "at is missing (expected: that of pending, so that nobody confirms what was asked for since)"));
        quarantine.confirm(id(request), visitor.name(), seen);
        LOGGER.info("{} confirms the override of {}", visitor.name(), id(request));
        return state("released");
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("unsupported at \"" + text + "\" (expected: that of pending)", e);
        }
    }

    private JsonNode withdraw(Visitor visitor, Request request) throws IOException {
        quarantine.withdraw(id(request), visitor.name());
        LOGGER.info("{} withdraws the override of {}", visitor.name(), id(request));
        return state("kept");
    }

    private JsonNode bounce(Visitor visitor, Request request) throws IOException {
        boolean told = quarantine.bounce(id(request), visitor.name());
        LOGGER.info("{} sends {} back{}", visitor.name(), id(request), told ? "" : "; nobody is told");
        return state(told ? "bounced" : "removed");
    }

    private static ObjectNode state(String state) {
        return Shown.object().put("state", state);
    }

    private static String id(Request request) {
        return request.params(":id");
    }

    private static String reason(String word) {
        return Reason.of(word)
                .map(Reason::word)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported reason \"" + word + "\" (expected: a word like tls-not-offered)"));
    }

    static Language language(Request request) {
        String code = Optional.ofNullable(request.queryParams("lang")).orElse("en");
        return Language.of(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unsupported lang \"" + code + "\" (expected: " + Language.codes() + ")"));
    }
}
