/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.health.HealthProblem;
import org.tlsward.health.HealthProblem.Severity;

/**
 * A file of members that is read again when it changes. What cannot be read, is broken, or lost more than half of its entries without a
 * {@link Confirmation} does not replace what is known. How many entries it had is remembered over a restart.
 */
final class MemberFile implements MemberSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(MemberFile.class);
    private static final String KIND = "tlsward-member-file 1";
    private static final int ATTEMPTS = 3;

    private final Path path;
    private final String subAddressDelimiters;
    private final StateDirectory state;
    private final Clock clock;
    private final String stateName;

    private volatile MemberFileReader.Content content;
    private volatile List<HealthProblem> problems = List.of();
    /** What the last look saw. */
    private FileStamp seen;
    /** What the last verdict was about; empty if the next look has to judge again. */
    private Optional<FileStamp> judged = Optional.empty();

    /**
     * Reads the file.
     *
     * @throws MemberSourceException if it cannot be taken as it is
     */
    MemberFile(Path path, String subAddressDelimiters, StateDirectory state, Clock clock) {
        this.path = path;
        this.subAddressDelimiters = subAddressDelimiters;
        this.state = state;
        this.clock = clock;
        this.stateName =
                StateDirectory.nameOf("file", path.toAbsolutePath().normalize().toString());
        try {
            seen = stamp();
            content = acceptable(remembered());
            accepted(seen);
        } catch (IOException e) {
            throw new MemberSourceException(unreadable(e));
        }
    }

    @Override
    public Optional<MemberSet> members() {
        return Optional.of(content.members());
    }

    @Override
    public List<HealthProblem> problems() {
        return problems;
    }

    @Override
    public String description() {
        return path.toString();
    }

    /**
     * Looks whether the file changed. A change is taken at the second look that sees it, so that a file which is being written is left
     * alone until it rests.
     */
    synchronized void look() {
        FileStamp now = stamp();
        if (judged.isPresent() && judged.get().equals(now)) {
            return;
        }
        boolean rests = now.equals(seen);
        seen = now;
        if (rests) {
            judge(now);
        }
    }

    /** Reads the file now, whatever it looks like. */
    synchronized void readNow() {
        seen = stamp();
        judge(seen);
    }

    private void judge(FileStamp stamp) {
        try {
            MemberFileReader.Content before = content;
            MemberFileReader.Content now =
                    acceptable(Optional.of(before.members().size()));
            boolean changed = !now.sha256().equals(before.sha256());
            content = now;
            accepted(stamp);
            if (changed) {
                LOGGER.info(
                        "{} was read again: {} entries, before {}",
                        path,
                        now.members().size(),
                        before.members().size());
            }
        } catch (MemberSourceException e) {
            judged = Optional.of(stamp);
            rejected(e.getMessage());
        } catch (IOException e) {
            // a disk may come back without any sign on the file
            judged = Optional.empty();
            rejected(unreadable(e));
        }
    }

    /** The file as it is now, if it may be taken after one with {@code before} entries. */
    private MemberFileReader.Content acceptable(Optional<Integer> before) throws IOException {
        MemberFileReader.Content now = readAtRest();
        int entries = now.members().size();
        if (before.isPresent()
                && Confirmation.isNeeded(before.get(), entries)
                && !Confirmation.isGiven(path, now.sha256())) {
            throw new MemberSourceException(path + ": has " + entries + " entries, had " + before.get()
                    + " (expected: at least half of them, or a confirmation that it is meant so: "
                    + Confirmation.command(path) + ")");
        }
        return now;
    }

    private MemberFileReader.Content readAtRest() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileStamp before = stamp();
            MemberFileReader.Content read = MemberFileReader.read(path, subAddressDelimiters);
            if (stamp().equals(before)) {
                return read;
            }
        }
        throw new IOException("it changes while it is read");
    }

    private void accepted(FileStamp stamp) {
        judged = stamp.isFresh(clock.instant()) ? Optional.empty() : Optional.of(stamp);
        int entries = content.members().size();
        try {
            remember(entries);
            problems = entries > 0 || Confirmation.isGiven(path, content.sha256())
                    ? List.of()
                    : List.of(degraded("it has no entries, nobody is a member by it. If that is meant so: "
                            + Confirmation.command(path)));
        } catch (IOException e) {
            problems = List.of(degraded("the number of its entries cannot be remembered in " + state.path(stateName)
                    + " (" + e + "), so after a restart a file that lost entries would not be noticed"));
        }
    }

    private void rejected(String complaint) {
        String message = complaint + "\nThe " + content.members().size() + " entries read before stay in force.";
        List<HealthProblem> now = List.of(degraded(message));
        if (!now.equals(problems)) {
            LOGGER.error("{}", message);
        }
        problems = now;
    }

    private HealthProblem degraded(String message) {
        return new HealthProblem(Severity.DEGRADED, "member file " + path, message);
    }

    private String unreadable(IOException e) {
        String why = e instanceof NoSuchFileException ? "it does not exist" : e.toString();
        return path + ": cannot be read: " + why + " (expected: a readable text file)";
    }

    private FileStamp stamp() {
        return FileStamp.of(path, Confirmation.besides(path));
    }

    private Optional<Integer> remembered() {
        return state.read(stateName, KIND)
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith("entries ")).findFirst())
                .map(line -> Integer.valueOf(line.substring("entries ".length())));
    }

    private void remember(int entries) throws IOException {
        Optional<Integer> remembered = remembered();
        if (remembered.isEmpty() || remembered.get() != entries) {
            state.write(stateName, KIND, "path " + path.toAbsolutePath().normalize() + "\nentries " + entries + "\n");
        }
    }
}
