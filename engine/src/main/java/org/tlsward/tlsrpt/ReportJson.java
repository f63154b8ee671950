/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.tlsrpt.PolicySummary.CountedFailure;

/** Reports as JSON (RFC 8460 §4.4). Writes what the RFC has, and reads what senders make of it. */
final class ReportJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_POLICIES = 1000;
    private static final int MOST_FAILURES = 10_000;

    private ReportJson() {}

    static byte[] write(TlsReport report) {
        ObjectNode json = NODES.objectNode();
        json.put("organization-name", report.organization());
        ObjectNode range = json.putObject("date-range");
        range.put("start-datetime", report.start().toString()); // RFC 3339, always in UTC
        range.put("end-datetime", report.end().toString());
        json.put("contact-info", report.contact());
        json.put("report-id", report.id());
        json.set("policies", policies(report.policies()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static ArrayNode policies(List<PolicySummary> policies) {
        ArrayNode array = NODES.arrayNode();
        policies.forEach(policy -> array.add(policy(policy)));
        return array;
    }

    private static ObjectNode policy(PolicySummary summary) {
        ObjectNode json = NODES.objectNode();
        ObjectNode policy = json.putObject("policy");
        policy.put("policy-type", summary.policy().type());
        addAll(policy, "policy-string", summary.policy().strings());
        policy.put("policy-domain", summary.policy().domain());
        addAll(policy, "mx-host", summary.policy().mxHosts());
        json.putObject("summary")
                .put("total-successful-session-count", summary.successful())
                .put("total-failure-session-count", summary.failed());
        if (!summary.failures().isEmpty()) {
            ArrayNode details = json.putArray("failure-details");
            summary.failures().forEach(failure -> details.add(failure(failure)));
        }
        return json;
    }

    private static void addAll(ObjectNode json, String name, List<String> lines) {
        if (!lines.isEmpty()) {
            ArrayNode array = json.putArray(name);
            lines.forEach(array::add);
        }
    }

    private static ObjectNode failure(CountedFailure failure) {
        FailureDetail detail = failure.detail();
        ObjectNode json = NODES.objectNode().put("result-type", detail.resultType());
        detail.sendingIp().ifPresent(text -> json.put("sending-mta-ip", text));
        detail.mxHost().ifPresent(text -> json.put("receiving-mx-hostname", text));
        detail.mxHelo().ifPresent(text -> json.put("receiving-mx-helo", text));
        detail.receivingIp().ifPresent(text -> json.put("receiving-ip", text));
        json.put("failed-session-count", failure.sessions());
        detail.additionalInformation().ifPresent(text -> json.put("additional-information", text));
        detail.reasonCode().ifPresent(text -> json.put("failure-reason-code", text));
        return json;
    }

    /**
     * What stands in a report.
     *
     * @throws UnreadableReportException if it is none
     */
    static TlsReport read(JsonNode json) throws UnreadableReportException {
        if (!json.isObject()) {
            throw new UnreadableReportException("the JSON is no object");
        }
        JsonNode range = json.path("date-range");
        Instant start = instant(range, "start-datetime");
        Instant end = instant(range, "end-datetime");
        if (!json.path("policies").isArray()) {
            throw new UnreadableReportException("there is no array \"policies\"");
        }
        return new TlsReport(
                text(json, "organization-name").orElse(""),
                start,
                end,
                text(json, "contact-info").orElse(""),
                text(json, "report-id").orElse(""),
                summaries(json.path("policies")));
    }

    static List<PolicySummary> summaries(JsonNode policies) {
        List<PolicySummary> summaries = new ArrayList<>();
        for (JsonNode policy : policies) {
            if (policy.isObject() && summaries.size() < MOST_POLICIES) {
                summaries.add(summary(policy));
            }
        }
        return summaries;
    }

    private static PolicySummary summary(JsonNode json) {
        JsonNode policy = json.path("policy");
        JsonNode summary = json.path("summary");
        List<CountedFailure> failures = new ArrayList<>();
        // seen in the wild: null, or missing, where nothing failed
        for (JsonNode failure : json.path("failure-details")) {
            if (failure.isObject() && failures.size() < MOST_FAILURES) {
                failures.add(failure(failure));
            }
        }
        return new PolicySummary(
                new PolicyInForce(
                        text(policy, "policy-type").orElse(""),
                        text(policy, "policy-domain").orElse(""),
                        lines(policy.path("policy-string")),
                        // the text of RFC 8460 §4.4 calls it otherwise than its example
                        policy.has("mx-host") ? lines(policy.path("mx-host")) : lines(policy.path("mx-host-pattern"))),
                count(summary, "total-successful-session-count"),
                count(summary, "total-failure-session-count"),
                failures);
    }

    private static CountedFailure failure(JsonNode json) {
        return new CountedFailure(
                new FailureDetail(
                        text(json, "result-type").orElse(""),
                        text(json, "sending-mta-ip"),
                        text(json, "receiving-mx-hostname"),
                        text(json, "receiving-mx-helo"),
                        text(json, "receiving-ip"),
                        text(json, "additional-information"),
                        text(json, "failure-reason-code")),
                count(json, "failed-session-count"));
    }

    private static Optional<String> text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** Seen in the wild: one string instead of an array. */
    private static List<String> lines(JsonNode json) {
        List<String> lines = new ArrayList<>();
        if (json.isTextual()) {
            lines.add(json.asText());
        }
        for (JsonNode line : json) {
            if (line.isTextual() && lines.size() < ReportText.MOST_LINES) {
                lines.add(line.asText());
            }
        }
        return lines;
    }

    /** Seen in the wild: a number as a string. What is no number, or less than nothing, is nothing. */
    private static long count(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() || value.isTextual() ? Math.max(0, value.asLong(0)) : 0;
    }

    private static Instant instant(JsonNode range, String name) throws UnreadableReportException {
        String text = text(range, name)
                .orElseThrow(() -> new UnreadableReportException("there is no \"" + name + "\" in \"date-range\""));
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UnreadableReportException(
                    "unsupported " + name + " \"" + ReportText.clean(text, 64) + "\" (expected: a time of RFC 3339)");
        }
    }
}
