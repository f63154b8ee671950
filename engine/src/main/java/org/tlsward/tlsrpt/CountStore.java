/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The counts on disk, one file for each day: {@code counts-2026-11-22}. */
public final class CountStore {
    private static final String PREFIX = "counts-";
    private static final String KIND = "tlsward tlsrpt counts 1";

    private final StateFiles files;

    /** Below that directory, which is made when there is something to store. */
    public CountStore(Path directory) {
        this.files = new StateFiles(directory);
    }

    /** The days that there are counts of, in order. */
    public List<LocalDate> days() {
        return files.names(PREFIX, "").stream()
                .map(name -> day(name.substring(PREFIX.length())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // being written, or set aside
        }
    }

    Optional<DayCounts> read(LocalDate day) {
        return files.read(PREFIX + day, KIND).flatMap(text -> parse(day, text));
    }

    /** What is to be stored of a day, as text: made in an instant, while nobody counts. */
    static String encode(DayCounts counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("left-out", counts.leftOut());
        ObjectNode domains = json.putObject("domains");
        counts.domains().forEach(domain -> domains.set(domain, ReportJson.policies(counts.of(domain))));
        return json.toString();
    }

    void write(LocalDate day, String encoded) throws IOException {
        files.write(PREFIX + day, KIND, encoded);
    }

    void delete(LocalDate day) {
        files.delete(PREFIX + day);
    }

    private static Optional<DayCounts> parse(LocalDate day, String text) {
        try {
            JsonNode json = new JsonMapper().readTree(text);
            Map<String, List<PolicySummary>> domains = new LinkedHashMap<>();
            json.path("domains")
                    .fields()
                    .forEachRemaining(entry -> domains.put(entry.getKey(), ReportJson.summaries(entry.getValue())));
            return Optional.of(new DayCounts(day, domains, json.path("left-out").asLong()));
        } catch (IOException e) {
            return Optional.empty(); // its checksum holds, so nobody gets here but by a mistake of ours
        }
    }
}
