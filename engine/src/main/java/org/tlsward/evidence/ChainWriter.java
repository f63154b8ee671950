/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.evidence.Checkpoint.Why;

/**
 * Writes the lines of others, and those that the log says of itself: that a process begins, signed checkpoints, what was cut, what was
 * taken away because it is old. For one thread at a time.
 */
final class ChainWriter implements AutoCloseable {
    /** Groups are closed beyond this many bytes; one append may be larger and is a group of its own. */
    static final int LARGEST_GROUP = 1 << 22;

    private static final Logger LOGGER = LoggerFactory.getLogger(EvidenceLog.class);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofHours(1);

    private final Surroundings around;
    private final HeadFile head;
    private final ChainFiles files;
    private Optional<Signed> signed = Optional.empty();
    private boolean failed;
    private Optional<ChainStart.Doubt> doubt = Optional.empty();
    private Optional<String> retentionFailure = Optional.empty();

    /**
     * What it works with.
     *
     * @param directory of the log
     * @param keys beside it
     * @param signer signs
     * @param words what the first line of a process says of how it writes
     * @param retention how long files are kept; empty for ever
     * @param node which server writes; empty if nobody named it
     * @param clock tells the time
     */
    record Surroundings(
            EvidenceDirectory directory,
            KeyDirectory keys,
            SigningKey signer,
            LineEncoder.Members words,
            Optional<Period> retention,
            Optional<String> node,
            Clock clock) {}

    /** The last checkpoint: when, and in the file of which day. */
    private record Signed(Instant time, LocalDate day) {}

    ChainWriter(Surroundings around, AppendFile.Opener opener) {
        this.around = around;
        this.head = new HeadFile(around.keys().head(), around.signer());
        this.files = new ChainFiles(around.directory(), opener, head, around.clock());
    }

    SigningKey signer() {
        return around.signer();
    }

    /** Puts one group on disk. After an exception none of it counts. */
    void write(List<byte[]> rests) throws IOException {
        boolean written = false;
        try {
            begin();
            checkpointIfDue();
            if (!rests.isEmpty()) {
                files.commit(rests);
            }
            written = true;
        } finally {
            failed = !written;
        }
    }

    /** Signs, if the last time was too long ago or in another file. */
    private void checkpointIfDue() throws IOException {
        begin();
        Signed last = signed.orElseThrow();
        if (files.dayHasChanged() || !files.day().orElseThrow().equals(last.day())) {
            checkpoint(Why.DAY, Optional.of(around.directory().fileOf(last.day())));
            applyRetention();
            return;
        }
        Instant now = around.clock().instant();
        if (failed) {
            // Tries the disk even if nobody has anything to write: those who have may wait until the log is well.
            checkpoint(Why.AGAIN, Optional.empty());
        } else if (!now.isBefore(last.time().plus(BETWEEN_CHECKPOINTS)) || now.isBefore(last.time())) {
            checkpoint(Why.HOUR, Optional.empty());
        }
    }

    /** Finds the end of the chain if it is not known, and writes that a process begins to write. */
    void begin() throws IOException {
        if (files.hasBegun()) {
            return;
        }
        boolean begun = false;
        try {
            HeadFile.State state = head.read();
            ChainLink last = new TailRecovery(around.directory(), state).end();
            List<Path> cuts = around.directory().pendingCuts();
            ChainStart start = ChainStart.of(state, last).after(cuts);
            doubt = start.doubt().or(() -> doubt);
            files.begin(start.link());
            List<byte[]> own = new ArrayList<>();
            for (Path pending : cuts) {
                own.add(ownLine("cut", TailRecovery.note(pending)));
            }
            own.add(startLine(start));
            // One group: a crash leaves no cut without the doubt about it.
            files.commit(own);
            for (Path pending : cuts) {
                Files.move(pending, TailRecovery.kept(pending), StandardCopyOption.ATOMIC_MOVE);
            }
            checkpoint(Why.START, Optional.empty());
            applyRetention();
            begun = true;
            failed = false;
        } finally {
            if (!begun) {
                files.forget();
            }
        }
    }

    private byte[] startLine(ChainStart start) {
        return ownLine("start", json -> {
            around.words().write(json);
            if (around.node().isPresent()) {
                json.writeStringField("node", around.node().get());
            }
            if (start.doubt().isPresent()) {
                json.writeStringField(
                        start.doubt().get().member(), start.doubt().get().word());
            }
        });
    }

    private byte[] ownLine(String type, LineEncoder.Members members) {
        return LineEncoder.encode(json -> {
            json.writeStringField("time", around.clock().instant().toString());
            json.writeStringField("type", type);
            members.write(json);
        });
    }

    private void checkpoint(Why why, Optional<Path> closed) throws IOException {
        Instant now = around.clock().instant();
        LocalDate day = files.dayHasChanged() ? today() : files.day().orElseThrow();
        List<Path> present =
                Checkpoint.filesWith(around.directory(), around.directory().fileOf(day));
        byte[] line = new Checkpoint(now, why, present, closed, around.node())
                .encode(files.last().opening(), around.signer());
        files.commit(List.of(line));
        signed = Optional.of(new Signed(now, day));
        // For whoever keeps the log of the server elsewhere: the evidence cannot be cut back behind this any more.
        LOGGER.info(
                "evidence in {} ends with line {}, head {}, key {}",
                around.directory().path(),
                files.last().sequence(),
                files.last().hash(),
                around.signer().publicHalf().fingerprint());
    }

    private void applyRetention() throws IOException {
        if (around.retention().isEmpty()) {
            return;
        }
        Optional<Retention> due =
                Retention.due(around.directory(), today(), around.retention().get());
        if (due.isEmpty()) {
            return;
        }
        files.commit(List.of(ownLine("retention", due.get().note())));
        try {
            due.get().apply(around.directory());
            retentionFailure = Optional.empty();
        } catch (IOException e) {
            retentionFailure = Optional.of("files of evidence that are old enough cannot be removed from "
                    + around.directory().path() + ": " + e);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(around.clock().instant(), ZoneOffset.UTC);
    }

    /** What somebody should look at, although everything is written. */
    List<String> worries() {
        List<String> found = new ArrayList<>();
        doubt.map(some -> "the evidence in " + around.directory().path()
                        + " was changed while this server did not write it: " + some.message()
                        + ". Run: tlsward evidence verify")
                .ifPresent(found::add);
        retentionFailure.ifPresent(found::add);
        return found;
    }

    /** The day of the file that is written. */
    Optional<LocalDate> day() {
        return files.day();
    }

    /** Signs the end, in good order. */
    void signEnd() throws IOException {
        checkpoint(Why.CLOSE, Optional.empty());
    }

    /** Signs the end, if it can. */
    @Override
    public void close() {
        try {
            if (files.hasBegun()) {
                signEnd();
            }
        } catch (IOException e) {
            // The head tells where the log ends, checkpoint or not.
            LOGGER.warn(
                    "the evidence in {} ends without a checkpoint: {}",
                    around.directory().path(),
                    e.toString());
        } finally {
            files.close();
        }
    }
}
