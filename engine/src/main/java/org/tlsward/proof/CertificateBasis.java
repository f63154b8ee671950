/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tlsward.explain.CleanText;

/**
 * What a {@link Certificate} is made of.
 *
 * @param stories about the mail; two if two senders chose the same Message-ID
 * @param checkpoint the newest signed line, if one stands behind those of the mail
 * @param firstFile the oldest file that was read
 * @param lastFile the newest
 * @param reading what came of reading them
 */
public record CertificateBasis(
        List<MailStory> stories,
        Optional<SignedLine> checkpoint,
        String firstFile,
        String lastFile,
        EvidenceArchive.Reading reading) {
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    /** Copies its arguments. */
    public CertificateBasis {
        stories = List.copyOf(stories);
    }

    /**
     * A line that is signed. Whether the signature is right, {@code tlsward evidence verify} tells.
     *
     * @param place where it stands
     * @param time when it was signed
     * @param key which key has signed, as the line says it
     */
    public record SignedLine(LinePlace place, String time, String key) {}

    /** Collects it from these files; empty if they know no such mail. */
    public static Optional<CertificateBasis> read(List<Path> files, MailQuestion question) throws IOException {
        MailStories stories = new MailStories(question, Instant.EPOCH);
        Map<String, SignedLine> signed = new HashMap<>(); // the newest of each log
        EvidenceArchive.Reading reading = EvidenceArchive.read(files, line -> {
            stories.line(line);
            if (line.type().equals("checkpoint")
                    && line.json().path("signature").isTextual()) {
                signed.put(line.place().node(), signed(line));
            }
        });
        List<MailStory> found = stories.latest(MOST);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<LinePlace> places = found.stream()
                .flatMap(story -> story.chapters().stream())
                .map(MailStory.Chapter::place)
                .toList();
        boolean allSigned = places.stream().allMatch(place -> Optional.ofNullable(signed.get(place.node()))
                .filter(line -> line.place().sequence() > place.sequence())
                .isPresent());
        LinePlace last = places.get(places.size() - 1);
        return Optional.of(new CertificateBasis(
                found,
                allSigned ? Optional.of(signed.get(last.node())) : Optional.empty(),
                name(files.get(0)),
                name(files.get(files.size() - 1)),
                reading));
    }

    private static SignedLine signed(ArchivedLine line) {
        JsonNode key = line.json().path("key");
        return new SignedLine(line.place(), line.time().toString(), CleanText.of(key.asText("-"), LONGEST));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
