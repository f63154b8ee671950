/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports that others have sent us, one file for each. Bounded in every direction, since anybody can send one: so large, so many a day, so
 * many altogether; the oldest are thrown away. Thread-safe.
 */
public final class ReportArchive {
    /**
     * How much is stored.
     *
     * @param reportsADay that are taken
     * @param reports altogether
     * @param bytes of all together, on disk
     * @param largest characters of one report
     */
    record Limits(int reportsADay, int reports, long bytes, int largest) {
        /** Large senders send one report a day and domain; the largest have some hundred kilobytes. */
        static final Limits USUAL = new Limits(500, 5000, 64L * 1024 * 1024, 1024 * 1024);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(ReportArchive.class);
    private static final String PREFIX = "received-";
    private static final String SUFFIX = ".report";
    private static final String KIND = "tlsward tlsrpt received 1";

    private final StateFiles files;
    private final Limits limits;
    /** By id, which begins with the time: oldest first. Empty until the directory has been read. */
    private Optional<NavigableMap<String, Entry>> index = Optional.empty();

    private long bytes;

    /** Below that directory. */
    public ReportArchive(Path directory) {
        this(directory, Limits.USUAL);
    }

    ReportArchive(Path directory, Limits limits) {
        this.files = new StateFiles(directory);
        this.limits = limits;
    }

    /**
     * A report in few words.
     *
     * @param id names it here
     * @param received when it came
     * @param sender the address in From of the mail that brought it, whose domain has signed it
     * @param organization that sends it, as it says
     * @param reportId of that organization
     * @param start of the time that it is about
     * @param end of that time
     * @param successful sessions
     * @param failed sessions
     */
    public record Entry(
            String id,
            Instant received,
            String sender,
            String organization,
            String reportId,
            Instant start,
            Instant end,
            long successful,
            long failed) {}

    /**
     * A report as it was sent.
     *
     * @param entry what it is
     * @param report what stands in it
     */
    public record Stored(Entry entry, TlsReport report) {}

    /** What became of a report that came. */
    public enum Receipt {
        /** It is stored. */
        STORED,
        /** The same is stored already. */
        KNOWN,
        /** So many have come today that no more are stored. */
        TOO_MANY,
        /** It has more in it than we store. */
        TOO_LARGE
    }

    /**
     * Stores a report.
     *
     * @param sender the address in From of the mail that brought it, whose domain has signed it
     * @throws IOException if the disk refuses
     */
    public synchronized Receipt store(TlsReport report, String sender, Instant now) throws IOException {
        JsonNode json = new JsonMapper().readTree(ReportJson.write(report));
        String text = json.toString();
        if (text.length() > limits.largest()) {
            return Receipt.TOO_LARGE;
        }
        String hash = StateFiles.sha256(text).substring(0, 16);
        NavigableMap<String, Entry> known = index();
        if (known.keySet().stream().anyMatch(id -> id.endsWith("-" + hash))) {
            return Receipt.KNOWN; // sent again by who did not see our reply
        }
        LocalDate today = day(now);
        if (known.values().stream()
                        .filter(each -> day(each.received()).equals(today))
                        .count()
                >= limits.reportsADay()) {
            return Receipt.TOO_MANY;
        }
        String id = String.format(Locale.ROOT, "%015d-%s", now.toEpochMilli(), hash);
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("received", now.toString()).put("sender", ReportText.clean(sender, 320));
        stored.set("report", json);
        files.write(name(id), KIND, stored.toString());
        known.put(id, entry(id, now, ReportText.clean(sender, 320), report));
        bytes += files.size(name(id));
        while (known.size() > limits.reports() || bytes > limits.bytes()) {
            remove(known.firstKey());
        }
        return Receipt.STORED;
    }

    /** All reports, the latest first. */
    public synchronized List<Entry> list() {
        return new ArrayList<>(index().descendingMap().values());
    }

    /** One of them. */
    public synchronized Optional<Stored> show(String id) {
        return index().containsKey(id) ? read(id) : Optional.empty();
    }

    private void remove(String id) {
        bytes -= files.size(name(id));
        files.delete(name(id));
        index().remove(id);
    }

    private NavigableMap<String, Entry> index() {
        if (index.isEmpty()) {
            NavigableMap<String, Entry> read = new TreeMap<>();
            for (String name : files.names(PREFIX, SUFFIX)) {
                String id = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
                read(id).ifPresent(stored -> {
                    read.put(id, stored.entry());
                    bytes += files.size(name);
                });
            }
            index = Optional.of(read);
        }
        return index.get();
    }

    private Optional<Stored> read(String id) {
        return files.read(name(id), KIND).flatMap(text -> {
            try {
                JsonNode json = new JsonMapper().readTree(text);
                TlsReport report = ReportJson.read(json.path("report"));
                Instant received = Instant.parse(json.path("received").asText());
                return Optional.of(
                        new Stored(entry(id, received, json.path("sender").asText(), report), report));
            } catch (IOException | UnreadableReportException | RuntimeException e) {
                LOGGER.warn("{} cannot be read and counts as absent", name(id), e);
                return Optional.empty();
            }
        });
    }

    private static Entry entry(String id, Instant received, String sender, TlsReport report) {
        return new Entry(
                id,
                received,
                sender,
                report.organization(),
                report.id(),
                report.start(),
                report.end(),
                report.successful(),
                report.failed());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static String name(String id) {
        return PREFIX + id + SUFFIX;
    }
}
