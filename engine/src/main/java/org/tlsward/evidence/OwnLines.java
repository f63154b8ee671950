/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tlsward.evidence.ChainWalk.Place;
import org.tlsward.evidence.EvidenceVerifier.Signatures;
import org.tlsward.evidence.Finding.Kind;
import org.tlsward.evidence.SignedText.Purpose;

/** Reads what the log says of itself: signatures, the files that have to be there, what retention took away, doubts at a start. */
final class OwnLines {
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<EvidenceKey> key;
    private final Set<String> present;
    private final NavigableSet<String> expected = new TreeSet<>();
    private Optional<Beginning> beginning = Optional.empty();
    private Optional<Anchor> anchor = Optional.empty();
    private long checkpoints;
    private Optional<String> lastSigned = Optional.empty();

    /** The first line that is there. */
    private record Beginning(long sequence, String previous, Place place) {}

    /** The first line that the last retention left. */
    private record Anchor(long sequence, String previous, Place place, String removed) {}

    OwnLines(Optional<EvidenceKey> key, Set<String> present) {
        this.key = key;
        this.present = Set.copyOf(present);
    }

    void begins(LineReader.Head first, Place place) {
        beginning = Optional.of(new Beginning(first.sequence(), first.previous(), place));
    }

    /** One line; most say nothing of the log. */
    Optional<Finding> step(LineReader.Head line, Place here) {
        if (line.own().isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode fields = JSON.readTree(line.own().get());
            return switch (line.type()) {
                case "checkpoint" -> checkpoint(line.own().get(), fields, here);
                case "retention" -> retention(fields, here);
                default -> start(fields, here);
            };
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.of(here.finding(Kind.CHANGED, "no " + line.type() + " line: " + e.getMessage()));
        }
    }

    private Optional<Finding> checkpoint(String line, JsonNode fields, Place here) {
        expected.add(fields.required("files").required("first").asText());
        expected.add(fields.required("files").required("last").asText());
        Optional.ofNullable(fields.get("closed")).map(JsonNode::asText).ifPresent(expected::add);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String said = fields.required("key").asText();
        if (!said.equals(key.get().fingerprint())) {
            return Optional.of(here.finding(
                    Kind.OTHER_KEY,
                    "a checkpoint of key " + said + " (expected: " + key.get().fingerprint() + ")"));
        }
        if (!SignedText.of(Purpose.CHECKPOINT, line)
                .filter(key.get()::hasSigned)
                .isPresent()) {
            return Optional.of(
                    here.finding(Kind.BAD_SIGNATURE, "the signature of this checkpoint is not one of the key"));
        }
        checkpoints++;
        lastSigned = Optional.of(fields.required("time").asText());
        return Optional.empty();
    }

    private Optional<Finding> retention(JsonNode fields, Place here) {
        JsonNode kept = fields.required("kept");
        JsonNode removed = fields.required("removed");
        expected.headSet(removed.required("last").asText(), true).clear();
        anchor = Optional.of(new Anchor(
                kept.required("seq").asLong(),
                kept.required("prev").asText(),
                here,
                removed.required("first").asText() + " to "
                        + removed.required("last").asText()));
        return Optional.empty();
    }

    private static Optional<Finding> start(JsonNode fields, Place here) {
        if (fields.has("unsigned")) {
            return Optional.of(here.finding(
                    Kind.UNSIGNED,
                    "when the server began to write, the signed head did not know the "
                            + fields.get("unsigned").asText() + " lines before this one"));
        }
        if (fields.has("cut")) {
            return Optional.of(here.finding(
                    Kind.UNSIGNED,
                    "when the server began to write, bytes stood behind the end that was signed, which no crash leaves;"
                            + " it has cut them, and kept them beside the log"));
        }
        String head = fields.path("head").asText();
        return switch (head) {
            case "" -> Optional.empty();
            case "ahead" -> Optional.of(
                    here.finding(Kind.END_CUT, "when the server began to write, the end of the log was missing"));
            default -> Optional.of(
                    here.finding(Kind.NO_HEAD, "when the server began to write, the signed head was " + head));
        };
    }

    List<Finding> finish() {
        List<Finding> findings = new ArrayList<>();
        boolean late = beginning
                .filter(first -> first.sequence() != 1 || !first.previous().equals(ChainLink.START.hash()))
                .isPresent();
        if (late && !isAnchored(beginning.get())) {
            Beginning first = beginning.get();
            findings.add(first.place()
                    .finding(
                            first.sequence() == 1 ? Kind.CHANGED : Kind.BEGINS_LATE,
                            first.sequence() == 1
                                    ? "line 1 refers to a line before it"
                                    : "begins with line " + first.sequence() + " (expected: line "
                                            + anchor.map(Anchor::sequence).orElse(1L) + ")"));
        }
        if (late && isAnchored(beginning.get())) {
            Anchor said = anchor.orElseThrow();
            findings.add(said.place().finding(Kind.RETENTION_NOTED, "the log itself has removed " + said.removed()));
        }
        for (String file : expected) {
            if (!present.contains(file)) {
                findings.add(new Finding(Kind.MISSING_FILE, file, 0, "is gone; a checkpoint tells that it was there"));
            }
        }
        return findings;
    }

    /** A crash may have left some of the files that retention had listed. */
    private boolean isAnchored(Beginning first) {
        return anchor.filter(said -> first.sequence() < said.sequence()
                        || (first.sequence() == said.sequence()
                                && first.previous().equals(said.previous())))
                .isPresent();
    }

    Signatures summary() {
        return new Signatures(key.map(EvidenceKey::fingerprint), checkpoints, lastSigned);
    }
}
