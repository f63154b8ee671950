/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds the end of the chain when a process begins to write.
 *
 * <p>A crash leaves at most one group of lines half written. What stands behind the last whole line is moved to a file beside the log,
 * {@code torn-...}: nothing is thrown away, and {@link ChainWriter} notes it in a line of its own. What cannot be read before the last
 * whole line is left as it is, for {@link EvidenceVerifier} to find. What the signed head has not announced is no crash: it is cut
 * too, under a name that says so, and the start line makes it a finding.
 */
final class TailRecovery {
    /** More than the largest group. */
    private static final long WINDOW = 4L * ChainWriter.LARGEST_GROUP;

    private static final String UNEXPLAINED = "-unexplained";
    private static final String PENDING = ".pending";

    private final EvidenceDirectory directory;
    private final HeadFile.State state;

    TailRecovery(EvidenceDirectory directory, HeadFile.State state) {
        this.directory = directory;
        this.state = state;
    }

    /** The last link of the files, when what a crash left of the group that the head announced is cut away. */
    ChainLink end() throws IOException {
        if (!(state instanceof HeadFile.Sound sound) || sound.head().next().isEmpty()) {
            return lastLink();
        }
        SignedHead head = sound.head();
        Path file = directory.path().resolve(head.file());
        long length = Files.exists(file) ? Files.size(file) : 0;
        if (length > head.length() && length < head.next().get().length()) {
            cut(file, head.length());
            return lastLink();
        }
        ChainLink last = lastLink();
        if (length > head.length() && isUnfinished(head, last)) {
            cut(file, head.length());
            return lastLink();
        }
        return last;
    }

    /** Some lines of the group are there, but not all: nobody has acted on them, and nothing tells that they are ours. */
    private static boolean isUnfinished(SignedHead head, ChainLink last) {
        return head.next()
                .filter(next -> !next.link().equals(last))
                .filter(next -> last.sequence() > head.link().sequence())
                .filter(next -> last.sequence() <= next.link().sequence())
                .isPresent();
    }

    private ChainLink lastLink() throws IOException {
        List<Path> newestFirst = new ArrayList<>(directory.dayFiles());
        Collections.reverse(newestFirst);
        for (Path file : newestFirst) {
            Optional<ChainLink> last = lastLinkOf(file);
            if (last.isPresent()) {
                return last.get();
            }
        }
        return ChainLink.START;
    }

    private Optional<ChainLink> lastLinkOf(Path file) throws IOException {
        long length = Files.size(file);
        Scan scan = scan(file, Math.max(0, length - WINDOW));
        if (scan.last().isEmpty() && length > WINDOW) {
            scan = scan(file, 0);
        }
        if (scan.soundEnd() < length) {
            cut(file, scan.soundEnd());
        }
        return scan.last();
    }

    /**
     * The end of a file.
     *
     * @param last the end of the chain after the last whole line
     * @param soundEnd where the last of them ends
     */
    private record Scan(Optional<ChainLink> last, long soundEnd) {}

    private static Scan scan(Path file, long from) throws IOException {
        Optional<ChainLink> last = Optional.empty();
        long soundEnd = from;
        try (LineReader lines = LineReader.open(file, from)) {
            if (from > 0) {
                // Most likely begins in the middle of a line.
                soundEnd = lines.next().map(LineReader.Line::end).orElse(from);
            }
            for (Optional<LineReader.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
                LineReader.Line line = next.get();
                if (line.head().isPresent()) {
                    last = Optional.of(new ChainLink(line.head().get().sequence(), line.hash()));
                    soundEnd = line.end();
                }
            }
        }
        return new Scan(last, soundEnd);
    }

    /**
     * False if no crash leaves that: what is written was announced, and goes on from what was there. Without a sound head nothing can be
     * told, and that is a doubt of its own.
     */
    private boolean isExplained(Path file, long from) throws IOException {
        if (!(state instanceof HeadFile.Sound sound)) {
            return true;
        }
        SignedHead head = sound.head();
        long length = Files.size(file);
        return file.getFileName().toString().equals(head.file())
                && from >= head.length()
                && head.next().filter(next -> length <= next.length()).isPresent()
                && UnderWay.of(file, head, length).stranger().isEmpty();
    }

    /** True if a cut that is not noted yet was of something that no crash leaves. */
    static boolean isUnexplained(Path pending) {
        return pending.getFileName().toString().contains(UNEXPLAINED);
    }

    /** Where the copy goes: a second crash must not write over what the first has left; one between copy and cut has copied it already. */
    private Path placeOf(String name, Path unfinished) throws IOException {
        Path place = directory.path().resolve(name + PENDING);
        for (int number = 2; Files.exists(kept(place)) || isOther(place, unfinished); number++) {
            place = directory.path().resolve(name + "-" + number + PENDING);
        }
        return place;
    }

    private static boolean isOther(Path place, Path unfinished) throws IOException {
        return Files.exists(place) && Files.mismatch(place, unfinished) >= 0;
    }

    /** First a copy on disk, then the cut: a crash in between does it again. */
    private void cut(Path file, long from) throws IOException {
        String day = EvidenceDirectory.dayOf(file).orElseThrow().toString();
        String name = "torn-" + day + "-at-" + from + (isExplained(file, from) ? "" : UNEXPLAINED);
        Path unfinished = directory.path().resolve("torn.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, EvidenceDirectory.FILE_MODE);
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(unfinished)) {
            in.skipNBytes(from);
            in.transferTo(out);
        }
        sync(unfinished);
        Files.move(unfinished, placeOf(name, unfinished), StandardCopyOption.ATOMIC_MOVE);
        EvidenceDirectory.syncEntries(directory.path());
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(from);
            cut.getFD().sync();
        }
    }

    private static void sync(Path file) throws IOException {
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
            written.getFD().sync();
        }
    }

    /** Says what was cut. */
    static LineEncoder.Members note(Path pending) throws IOException {
        MessageDigest digest = ChainLink.sha256();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try (InputStream in = Files.newInputStream(pending)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        long counted = bytes;
        String hash = HexFormat.of().formatHex(digest.digest());
        return json -> {
            json.writeStringField("file", kept(pending).getFileName().toString());
            json.writeNumberField("bytes", counted);
            json.writeStringField("sha256", hash);
        };
    }

    /** Where a cut lies once it is noted. */
    static Path kept(Path pending) {
        String name = pending.getFileName().toString();
        return pending.resolveSibling(name.substring(0, name.length() - PENDING.length()) + ".bin");
    }
}
