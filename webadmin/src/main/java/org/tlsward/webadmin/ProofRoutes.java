/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.tlsward.explain.Language;
import org.tlsward.james.WardProof;
import org.tlsward.proof.Certificate;
import org.tlsward.proof.CertificateBasis;
import org.tlsward.proof.DayFigures;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.FiguresArchive.Figures;
import org.tlsward.proof.MailQuestion;
import org.tlsward.proof.MailStories;
import org.tlsward.proof.MonthReport;
import org.tlsward.proof.PartnerReport;
import org.tlsward.proof.PartnerSessions;
import org.tlsward.proof.Since;
import org.tlsward.proof.StoryView;
import org.tlsward.proof.Suggestions;
import org.tlsward.proof.Suggestions.Threshold;
import spark.Request;

/**
 * What the evidence tells. One request reads so much of it and no more, and one request reads at a time: whoever wants more has the
 * command {@code tlsward}.
 */
class ProofRoutes implements RouteGroup {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_DAYS = 366;
    private static final String USUAL_DAYS = "30";
    private static final String USUAL_SINCE = "7d";

    private final WardProof proof;
    private final Clock clock;
    private final long mostBytes;
    private final FewAtOnce reading;

    @Inject
    ProofRoutes(WardProof proof) {
        this(proof, Clock.systemUTC(), MOST_BYTES, new FewAtOnce(1, "the evidence"));
    }

    ProofRoutes(WardProof proof, Clock clock, long mostBytes, FewAtOnce reading) {
        this.proof = proof;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.reading = reading;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/figures", (visitor, request) -> alone(() -> figures(request)))
                .get("/evidence", (visitor, request) -> alone(() -> stories(request)))
                .get("/evidence/certificate", (visitor, request) -> alone(() -> certificate(request)))
                .get("/suggestions", (visitor, request) -> alone(() -> suggestions(request)))
                .get("/reports/month", (visitor, request) -> alone(() -> month(request)))
                .get("/reports/partner", (visitor, request) -> alone(() -> partner(request)));
    }

    private JsonNode alone(FewAtOnce.Look look) throws IOException {
        return reading.look(look);
    }

    private JsonNode figures(Request request) throws IOException {
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        LocalDate first = today.minusDays(days(request) - 1L);
        Figures figures = proof.figures().figures(first, today, mostBytes / 2);
        ObjectNode answer = Shown.object();
        ArrayNode days = answer.putArray("days");
        LocalDate from = figures.complete()
                ? first
                : figures.days().isEmpty() ? today : figures.days().firstKey();
        from.datesUntil(today.plusDays(1))
                .forEach(day -> days.add(day(day, figures.days().getOrDefault(day, DayFigures.NONE))));
        return answer.put(
                        "withheldToday",
                        figures.days().getOrDefault(today, DayFigures.NONE).count("out.withheld"))
                .put("more", !figures.complete())
                .put("unreadable", figures.unreadable());
    }

    private static ObjectNode day(LocalDate day, DayFigures figures) {
        ObjectNode entry = Shown.object().put("day", day.toString());
        ObjectNode out = entry.putObject("out");
        for (String name : List.of("cleartext", "encrypted", "authenticated", "withheld", "delayed", "bounced")) {
            out.put(name, figures.count("out." + name));
        }
        ObjectNode in = entry.putObject("in");
        for (String name : List.of("accepted", "refused", "deferred")) {
            in.put(name, figures.count("in." + name));
        }
        ObjectNode byTls = in.putObject("byTls");
        figures.below("in.tls.").forEach(byTls::put);
        return entry;
    }

    private JsonNode stories(Request request) throws IOException {
        int limit = Shown.limit(request);
        Optional<String> messageId = parameter(request, "messageId");
        Instant since = Since.parse(parameter(request, "since").orElse(USUAL_SINCE), clock);
        MailStories stories = new MailStories(
                new MailQuestion(
                        parameter(request, "recipient"), messageId, archive().addresses()),
                since);
        EvidenceArchive.Reading read = EvidenceArchive.read(files(since), stories);
        StoryView view = new StoryView(QuarantineRoutes.language(request));
        ObjectNode answer = Shown.object();
        ArrayNode mails = answer.putArray("mails");
        stories.latest(limit).forEach(story -> mails.add(JSON.<ObjectNode>valueToTree(view.of(story))));
        return answer.put("more", stories.hasMoreThan(limit)).put("unreadable", read.unreadable());
    }

    private JsonNode certificate(Request request) throws IOException {
        String messageId = parameter(request, "messageId")
                .orElseThrow(() -> new IllegalArgumentException("messageId is missing (expected: ?messageId=...)"));
        Instant since = Since.parse(parameter(request, "since").orElse("1970-01-01"), clock);
        MailQuestion question = new MailQuestion(
                parameter(request, "recipient"),
                Optional.of(messageId),
                archive().addresses());
        CertificateBasis basis = CertificateBasis.read(files(since), question)
                .orElseThrow(() -> new NoSuchElementException("the evidence has no such mail"));
        Language language = QuarantineRoutes.language(request);
        return Shown.object()
                .put("html", Certificate.html(basis, language, clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    private JsonNode suggestions(Request request) throws IOException {
        PartnerSessions seen = new PartnerSessions(since(request));
        EvidenceArchive.Reading read = EvidenceArchive.read(files(since(request)), seen);
        Suggestions suggestions = new Suggestions(proof.rules(), Threshold.USUAL, QuarantineRoutes.language(request));
        ObjectNode answer = Shown.object();
        ArrayNode found = answer.putArray("suggestions");
        suggestions.suggest(seen, clock.instant()).forEach(each -> found.addObject()
                .put("destination", each.destination())
                .put("line", each.line().xml())
                .put("because", each.because()));
        ArrayNode observed = answer.putArray("observed");
        suggestions.observed(seen).forEach(each -> observed.addObject()
                .put("destination", each.destination())
                .put("mails", each.mails())
                .put("reason", each.reason().word())
                .put("sentence", each.sentence()));
        return answer.put("unreadable", read.unreadable());
    }

    private JsonNode month(Request request) throws IOException {
        YearMonth month = parameter(request, "month")
                .map(ProofRoutes::month)
                .orElseGet(() -> YearMonth.now(clock.withZone(ZoneOffset.UTC)));
        Figures figures = proof.figures().figures(month.atDay(1), month.atEndOfMonth(), mostBytes / 2);
        MonthReport report = MonthReport.of(month, figures, QuarantineRoutes.language(request));
        ObjectNode answer = Shown.object().put("month", month.toString()).put("text", report.text());
        ObjectNode counts = answer.putObject("figures");
        report.figures().counts().forEach(counts::put);
        return answer.put("more", !figures.complete()).put("unreadable", figures.unreadable());
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("unsupported month \"" + text + "\" (expected: one like 2026-11)", e);
        }
    }

    private JsonNode partner(Request request) throws IOException {
        String domain = QueueRoutes.domain(parameter(request, "destination")
                .orElseThrow(() -> new IllegalArgumentException(
                        "destination is missing (expected: ?destination=partner.example)")));
        PartnerSessions seen = new PartnerSessions(since(request), Optional.of(domain));
        EvidenceArchive.Reading read = EvidenceArchive.read(files(since(request)), seen);
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        PartnerReport report = PartnerReport.of(
                domain,
                Optional.ofNullable(seen.partners().get(domain)),
                today.minusDays(days(request)),
                today,
                QuarantineRoutes.language(request));
        return Shown.object()
                .put("subject", report.subject())
                .put("text", report.text())
                .put("unreadable", read.unreadable());
    }

    private Instant since(Request request) {
        return clock.instant().minus(days(request), ChronoUnit.DAYS);
    }

    private EvidenceArchive archive() {
        return proof.archive();
    }

    private List<Path> files(Instant since) throws IOException {
        List<Path> files = archive().files(LocalDate.ofInstant(since, ZoneOffset.UTC), LocalDate.MAX);
        long size = EvidenceArchive.size(files);
        if (size > mostBytes) {
            throw new IllegalArgumentException("too much evidence for one request: " + (size >> 20)
                    + " MB (expected: a shorter time, or the command tlsward on the server)");
        }
        return files;
    }

    private static int days(Request request) {
        String asked = parameter(request, "days").orElse(USUAL_DAYS);
        if (!asked.matches("[1-9][0-9]{0,2}") || Integer.parseInt(asked) > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "unsupported days \"" + asked + "\" (expected: a number from 1 to " + MOST_DAYS + ")");
        }
        return Integer.parseInt(asked);
    }

    private static Optional<String> parameter(Request request, String name) {
        return Optional.ofNullable(request.queryParams(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
