/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.health.HealthProblem;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.TlsReportsView;
import org.tlsward.james.WaitingMail;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardProof;
import org.tlsward.mtasts.RememberedPolicy;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.Reason;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.token.TokenFile;
import org.tlsward.token.TokenGate;
import spark.Service;
import spark.routematch.RouteMatch;

/** The routes on James' own web server with James' own filters, over HTTP; behind them a queue, a report and a policy. */
final class RunningRoutes implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final long MOST_BYTES = 100_000;
    static final String TOKEN = "X-TlsWard-Token";
    static final String REPORT =
            """
            {"organization-name":"<script>alert(1)</script>\u202e\u00c4rzte","date-range":{"start-datetime":"2026-11-22T00:00:00Z",
            "end-datetime":"2026-11-22T23:59:59Z"},"contact-info":"x","report-id":"4\\"2","policies":[]}""";

    /** What routes want to be told. */
    private static final Map<String, String> BODIES = Map.of(
            "/tlsward/api/quarantine/release", "{\"destination\":\"partner.example\"}",
            "/tlsward/api/quarantine/:id/override", "{\"why\":\"he waits in the theatre\"}");

    /** What a route cannot do without. */
    private static final Map<String, String> QUERIES = Map.of(
            "/tlsward/api/evidence/certificate", "?messageId=1@klinik.example",
            "/tlsward/api/reports/partner", "?destination=partner.example");

    final List<HealthProblem> problems = new ArrayList<>();
    final FakeQueue queue = new FakeQueue();
    final FakeQuarantine quarantine = new FakeQuarantine();
    final List<RememberedPolicy> policies = new ArrayList<>(List.of(policy("partner.example")));
    final OutgoingMail outgoing;
    final WardProof proof;
    final TlsReportsView reports;
    final String anna;
    final String carla;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Recorded routes = new Recorded();
    private final WebAdminServer server;

    RunningRoutes(Path home) throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
        Files.writeString(
                conf.resolve("tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        FileSystem files = new HomeFileSystem(home);
        Path tokens = conf.resolve(TokenFile.NAME);
        anna = new TokenFile(tokens, Clock.systemUTC()).add("anna");
        carla = new TokenFile(tokens, Clock.systemUTC()).add("carla");
        WardHealth health = new WardHealth(new Ward(files));
        health.add(() -> List.copyOf(problems));
        proof = new WardProof(files, new Ward(files));
        evidence(home.resolve("var/evidence"));
        outgoing = new OutgoingMail(files, health);
        outgoing.add(queue);
        reports = new TlsReportsView(files);
        store(REPORT);
        routes.routes = new TlsWardRoutes(
                new RequestGuard(List.of("MailAdmin.klinik.example"), new TokenGate(tokens)),
                health,
                new QueueRoutes(outgoing),
                new TlsReportRoutes(reports),
                new StsRoutes(() -> List.copyOf(policies)),
                new QuarantineRoutes(quarantine.quarantine),
                new ProofRoutes(proof, Clock.fixed(NOON, ZoneOffset.UTC), MOST_BYTES));
        server = WebAdminUtils.createWebAdminServer(routes).start();
    }

    /** Two mails: one on the way, one delivered. */
    private static void evidence(Path directory) {
        try (EvidenceLog log =
                EvidenceLog.open(EvidenceLog.Settings.usual(directory), Clock.fixed(NOON, ZoneOffset.UTC))) {
            log.append(List.of(
                    EvidenceRecord.attempt(NOON, mail("1"), RecordedOutcome.WITHHELD)
                            .reason(Reason.TLS_NOT_OFFERED)
                            .build(),
                    EvidenceAction.of(NOON, Deed.RELEASED, mail("1"), "anna").saying("<script>alert(1)</script>"),
                    EvidenceRecord.attempt(NOON, mail("2"), RecordedOutcome.DELIVERED)
                            .peer(new PeerHost(
                                    "partner.example",
                                    "mx.partner.example",
                                    Optional.of("192.0.2.7"),
                                    PeerHost.Naming.NONE))
                            .build()));
        }
    }

    static MailIdentity mail(String id) {
        return new MailIdentity(
                "Queue", Optional.of("<" + id + "@klinik.example>"), "a@klinik.example", "praxis@partner.example");
    }

    void store(String json) throws IOException {
        ReceivedReport report = ReceivedReport.parse(json.getBytes(StandardCharsets.UTF_8));
        reports.store(((ReceivedReport.Parsed) report).report(), "noreply@partner.example");
    }

    static RememberedPolicy policy(String domain) {
        return new RememberedPolicy(
                domain,
                new StsPolicy(StsPolicy.Mode.ENFORCE, List.of("*.partner.example"), Duration.ofDays(7), List.of()),
                "20270101T000000",
                Instant.parse("2027-01-08T00:00:00Z"),
                Optional.empty());
    }

    static WaitingMail mail(String name, String destination) {
        return new WaitingMail(
                name,
                "outgoing-tlsward",
                Optional.of("clinician@klinik.example"),
                List.of("arzt@" + destination),
                List.of(destination),
                "v1;encrypted;minimum=TLSv1.3",
                List.of("medical"),
                2,
                Optional.of(Instant.parse("2027-01-01T12:00:00Z")),
                "mx.partner.example offers no TLS");
    }

    /** What waits, and what was tried now. */
    static final class FakeQueue implements OutgoingMail.Source {
        final List<WaitingMail> mails = new ArrayList<>();
        final List<Optional<String>> retried = new ArrayList<>();
        Optional<IOException> failure = Optional.empty();

        @Override
        public List<WaitingMail> waiting(int most) throws IOException {
            fail();
            return mails.stream().limit(most).toList();
        }

        @Override
        public long retryNow(Optional<String> destination) throws IOException {
            fail();
            retried.add(destination);
            return mails.size();
        }

        private void fail() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    /** Remembers what was registered, so that no test has to know the list. */
    private static final class Recorded implements Routes {
        /** What Spark keeps in the same list and is no route. */
        private static final Set<String> FILTERS = Set.of("before", "after", "afterafter");

        private TlsWardRoutes routes;
        private List<RouteMatch> added;

        @Override
        public String getBasePath() {
            return routes.getBasePath();
        }

        /** Whatever is new after it is ours, below our path or not. */
        @Override
        public void define(Service service) {
            Set<String> before = new HashSet<>();
            service.routes().forEach(route -> before.add(key(route)));
            routes.define(service);
            added = service.routes().stream()
                    .filter(route -> !before.contains(key(route)))
                    .filter(route -> !FILTERS.contains(route.getHttpMethod().name()))
                    .toList();
        }

        private static String key(RouteMatch route) {
            return route.getHttpMethod() + " " + route.getMatchUri();
        }
    }

    List<RouteMatch> all() {
        return routes.added;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, Map.of(TOKEN, anna));
    }

    HttpResponse<String> post(String path) throws Exception {
        return send("POST", path, Map.of(TOKEN, anna));
    }

    /** With something that there is in the place of each parameter. */
    HttpResponse<String> send(RouteMatch route, Map<String, String> headers) throws Exception {
        String uri = route.getMatchUri();
        boolean ofQuarantine = uri.startsWith("/tlsward/api/quarantine");
        String kept = ofQuarantine ? quarantine.only(uri.endsWith("/confirm") || uri.endsWith("/withdraw")) : "";
        String path = uri.replace("/quarantine/:id", "/quarantine/" + kept)
                .replace(":destination", "partner.example")
                .replace(":id", reports.list().get(0).id());
        if (path.contains(":")) {
            throw new AssertionError("a parameter that this test does not know: " + path);
        }
        return send(
                route.getHttpMethod().name().toUpperCase(java.util.Locale.ROOT),
                path + QUERIES.getOrDefault(uri, ""),
                headers,
                BODIES.getOrDefault(uri, ""));
    }

    HttpResponse<String> post(String path, String token, String body) throws Exception {
        return send("POST", path, Map.of(TOKEN, token, "Content-Type", "application/json"), body);
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers) throws Exception {
        return send(method, path, headers, "");
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> headers, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort().getValue() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.destroy();
    }

    /** As James has it. */
    private record HomeFileSystem(Path home) implements FileSystem {
        @Override
        public InputStream getResource(String url) {
            throw new UnsupportedOperationException(url);
        }

        @Override
        public File getFile(String url) {
            return home.resolve(url.substring("file://".length())).toFile();
        }

        @Override
        public File getBasedir() {
            return home.toFile();
        }
    }
}
