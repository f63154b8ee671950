/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.inject.Inject;
import java.util.NoSuchElementException;
import org.tlsward.james.TlsReportsView;
import org.tlsward.tlsrpt.ReportArchive.Entry;
import spark.Request;

/** The TLS reports that others have sent us. Anybody can send one with anything in it: it is handed on as data and nothing else. */
class TlsReportRoutes implements RouteGroup {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TlsReportsView reports;

    @Inject
    TlsReportRoutes(TlsReportsView reports) {
        this.reports = reports;
    }

    @Override
    public void define(GuardedRoutes routes) {
        routes.get("/tls-reports", (visitor, request) -> list(request))
                .get("/tls-reports/:id", (visitor, request) -> show(request.params(":id")));
    }

    private JsonNode list(Request request) {
        return Shown.first(Shown.limit(request), "reports", reports.list(), TlsReportRoutes::entry);
    }

    private static ObjectNode entry(Entry entry) {
        return Shown.object()
                .put("id", entry.id())
                .put("received", entry.received().toString())
                .put("sender", entry.sender())
                .put("organization", entry.organization())
                .put("reportId", entry.reportId())
                .put("start", entry.start().toString())
                .put("end", entry.end().toString())
                .put("successful", entry.successful())
                .put("failed", entry.failed());
    }

    /** The report as RFC 8460 §4.4 has it, beside what we say about it. */
    private JsonNode show(String id) {
        return reports.show(id)
                .flatMap(stored ->
                        reports.showJson(id).map(json -> entry(stored.entry()).set("report", tree(json))))
                .map(JsonNode.class::cast)
                .orElseThrow(() -> new NoSuchElementException(
                        "no such report (expected: an id of /tlsward/api/tls-reports; the oldest are thrown away)"));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that we wrote is no JSON", e);
        }
    }
}
