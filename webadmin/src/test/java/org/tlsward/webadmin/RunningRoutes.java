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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.WebAdminServer;
import org.apache.james.webadmin.WebAdminUtils;
import org.tlsward.check.GateForecast;
import org.tlsward.check.Mark;
import org.tlsward.check.OwnRecipients;
import org.tlsward.evidence.Deed;
import org.tlsward.evidence.EvidenceAction;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.health.HealthProblem;
import org.tlsward.james.EmergencyDesk;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.Outlet;
import org.tlsward.james.ServerFacts;
import org.tlsward.james.TlsReportsView;
import org.tlsward.james.WaitingMail;
import org.tlsward.james.Ward;
import org.tlsward.james.WardEvidence;
import org.tlsward.james.WardHealth;
import org.tlsward.james.WardProof;
import org.tlsward.mtasts.RememberedPolicy;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.outbound.OutboundDelivery;
import org.tlsward.policy.Reason;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.SmallZone;
import org.tlsward.tlsrpt.ReceivedReport;
import org.tlsward.token.TokenFile;
import org.tlsward.token.TokenGate;
import spark.Service;
import spark.routematch.RouteMatch;

/** The routes on James' own web server with James' own filters, over HTTP; behind them a queue, a report and a policy. */
final class RunningRoutes implements AutoCloseable {
    static final Clock NOON = Clock.fixed(Instant.parse("2027-03-01T12:00:00Z"), ZoneOffset.UTC);
    static final Instant PAST = Instant.parse("2026-11-22T12:00:00Z");
    static final long MOST_BYTES = 100_000;
    static final String TOKEN = "X-TlsWard-Token";

    /** A class of people, and exceptions for the clock above. */
    private static final String CONFIGURATION =
            """
            <tlsward>
              <classes default="general">
                <class name="medical">
                  <members><address>arzt@partner.example</address><domain>klinik.example</domain></members>
                  <inbound minimum="TLSv1.3"/>
                  <outbound level="encrypt"/>
                </class>
                <class name="general"/>
              </classes>
              <destinations>
                <exception match="old.example" level="may" reason="they move" until="2027-02-28"/>
                <exception match="slow.example" level="may" reason="they wait" until="2027-03-10"/>
                <exception match="late.example" level="may" reason="they mend" until="2027-12-31"/>
              </destinations>
              <dns mode="trust-ad" servers="%s"/>
              <networks internal="127.0.0.0/8"/>
            </tlsward>
            """;

    static final String REPORT =
            """
            {"organization-name":"<script>alert(1)</script>\u202e\u00c4rzte","date-range":{"start-datetime":"2026-11-22T00:00:00Z",
            "end-datetime":"2026-11-22T23:59:59Z"},"contact-info":"x","report-id":"4\\"2","policies":[]}""";

    /** Who takes these turns keeps others from them. */
    final FewAtOnce reading = new FewAtOnce(1, "the evidence", Duration.ZERO);

    final FewAtOnce lists = new FewAtOnce(1, "the quarantine", Duration.ZERO);

    /** What routes want to be told. */
    private static final Map<String, String> BODIES = Map.of(
            "/tlsward/api/emergency/stop", "{\"what\":\"all\",\"why\":\"drill\"}",
            "/tlsward/api/emergency/resume", "{\"what\":\"all\"}",
            "/tlsward/api/quarantine/release", "{\"destination\":\"partner.example\"}",
            "/tlsward/api/quarantine/:id/confirm", "{\"at\":\"" + FakeQuarantine.NOW + "\"}",
            "/tlsward/api/quarantine/:id/override", "{\"why\":\"he waits in the theatre\"}",
            "/tlsward/api/check", "{\"domain\":\"partner.example\"}",
            "/tlsward/api/headers", "{\"headers\":\"Received: by mx.klinik.example\"}");

    /** What a route cannot do without. */
    private static final Map<String, String> QUERIES = Map.of(
            "/tlsward/api/evidence/certificate", "?messageId=1@klinik.example",
            "/tlsward/api/reports/partner", "?destination=partner.example",
            "/tlsward/api/explain", "?recipient=arzt@partner.example",
            "/tlsward/api/classes", "?address=arzt@partner.example");

    final List<HealthProblem> problems = new ArrayList<>();
    final FakeQueue queue = new FakeQueue();
    final FakeQuarantine quarantine = new FakeQuarantine();
    final List<RememberedPolicy> policies = new ArrayList<>(List.of(policy("partner.example")));
    final OutgoingMail outgoing;
    final WardProof proof;
    final TlsReportsView reports;
    final WardEvidence evidence;
    final EmergencyStops stops;
    final String anna;
    final String carla;
    final SmallZone zone = new SmallZone()
            .with("partner.example.", "MX", "10 mx.partner.example.")
            .with("mx.partner.example.", "A", "127.0.0.1");
    final FakeRecipients recipients = new FakeRecipients();
    final Ward ward;
    final ServerFacts facts;
    final CheckDesk desk;

    /** The MX host of the partner, without TLS. */
    final ScriptedServer peer = ScriptedServer.start(Map.of(), "S: 220 hi\nFEATURES PIPELINING\nSERVE");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Recorded routes = new Recorded();
    private final WebAdminServer server;

    RunningRoutes(Path home) throws Exception {
        Path conf = Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("var"));
        Files.writeString(conf.resolve("tlsward.xml"), CONFIGURATION.formatted(zone.server()));
        FileSystem files = new HomeFileSystem(home);
        Path tokens = conf.resolve(TokenFile.NAME);
        anna = new TokenFile(tokens, Clock.systemUTC()).add("anna");
        carla = new TokenFile(tokens, Clock.systemUTC()).add("carla");
        ward = new Ward(files);
        WardHealth health = new WardHealth(ward);
        stops = new EmergencyStops(files, health, NOON, System::nanoTime);
        facts = new ServerFacts(ward, health, stops);
        facts.deliversBy(outlet(peer.port()));
        desk = new CheckDesk(ward, facts, stops);
        health.add(() -> List.copyOf(problems));
        evidence = new WardEvidence(files, ward, health);
        proof = pastOf(home.resolve("past"));
        outgoing = new OutgoingMail(files, health);
        outgoing.add(queue);
        reports = new TlsReportsView(files);
        store(REPORT);
        routes.routes = new TlsWardRoutes(
                new RequestGuard(List.of("MailAdmin.klinik.example"), new TokenGate(tokens)),
                health,
                RouteGroups.of(
                        new QueueRoutes(outgoing),
                        new TlsReportRoutes(reports),
                        new StsRoutes(() -> List.copyOf(policies)),
                        new QuarantineRoutes(quarantine.quarantine, lists),
                        new EmergencyRoutes(stops, new EmergencyDesk(stops, evidence, outgoing, NOON), ward, NOON),
                        new ProofRoutes(proof, Clock.fixed(PAST, ZoneOffset.UTC), MOST_BYTES, reading),
                        new CheckRoutes(desk, recipients),
                        new LookUpRoutes(ward, facts, recipients, NOON)));
        server = WebAdminUtils.createWebAdminServer(routes).start();
    }

    /** The evidence of another day: two mails, one withheld and released, one delivered. */
    private static WardProof pastOf(Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        FileSystem files = new HomeFileSystem(home);
        Path directory = home.resolve("var/evidence");
        try (EvidenceLog log =
                EvidenceLog.open(EvidenceLog.Settings.usual(directory), Clock.fixed(PAST, ZoneOffset.UTC))) {
            log.append(List.of(
                    EvidenceRecord.attempt(PAST, mail("1"), RecordedOutcome.WITHHELD)
                            .reason(Reason.TLS_NOT_OFFERED)
                            .build(),
                    EvidenceAction.of(PAST, Deed.RELEASED, mail("1"), "anna").saying("<script>alert(1)</script>"),
                    EvidenceRecord.attempt(PAST, mail("2"), RecordedOutcome.DELIVERED)
                            .peer(new PeerHost(
                                    "partner.example",
                                    "mx.partner.example",
                                    Optional.of("192.0.2.7"),
                                    PeerHost.Naming.NONE))
                            .build()));
        }
        return new WardProof(files, new Ward(files));
    }

    static MailIdentity mail(String id) {
        return new MailIdentity(
                "Queue", Optional.of("<" + id + "@klinik.example>"), "a@klinik.example", "praxis@partner.example");
    }

    void store(String json) throws IOException {
        ReceivedReport report = ReceivedReport.parse(json.getBytes(StandardCharsets.UTF_8));
        reports.store(((ReceivedReport.Parsed) report).report(), "noreply@partner.example");
    }

    private static Outlet outlet(int port) {
        return new Outlet(
                new OutboundDelivery.Options(port, Optional.of("us.example"), List.of(), 2),
                Optional.empty(),
                Optional.empty());
    }

    /** What James would know. */
    static final class FakeRecipients implements OwnRecipients {
        final Map<String, List<String>> targets = new HashMap<>();
        Optional<IOException> failure = Optional.empty();

        @Override
        public List<String> targetsOf(String recipient) throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return targets.getOrDefault(recipient, List.of());
        }

        @Override
        public boolean isOurs(String domain) {
            return domain.equals("klinik.example");
        }

        @Override
        public List<GateForecast> gate(String recipient) {
            return List.of(new GateForecast("cleartext", Mark.FAIL, "530 5.7.0 no"));
        }
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
        public List<WaitingMail> waiting(Optional<String> destination, int most) throws IOException {
            fail();
            return mails.stream()
                    .filter(mail -> destination.map(mail::isFor).orElse(true))
                    .limit(most)
                    .toList();
        }

        @Override
        public long size() throws IOException {
            fail();
            return mails.size();
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

    HttpResponse<String> post(String path, String json) throws Exception {
        return send("POST", path, Map.of(TOKEN, anna, "Content-Type", "application/json"), json);
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
        String method = route.getHttpMethod().name().toUpperCase(java.util.Locale.ROOT);
        String query = QUERIES.getOrDefault(uri, "");
        String body = BODIES.get(uri);
        if (body == null) {
            return send(method, path + query, headers);
        }
        Map<String, String> typed = new HashMap<>(headers);
        typed.put("Content-Type", "application/json");
        return send(method, path + query, typed, body);
    }

    HttpResponse<String> post(String path, String token, String body) throws Exception {
        return send("POST", path, Map.of(TOKEN, token, "Content-Type", "application/json"), body);
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers) throws Exception {
        return send(method, path, headers, "");
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort().getValue() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.destroy();
        zone.close();
        peer.close();
    }

    /** As James has it. */
    record HomeFileSystem(Path home) implements FileSystem {
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
