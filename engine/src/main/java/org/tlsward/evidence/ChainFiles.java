/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Links lines and puts them on disk, a group at a time, all of it or nothing. For one thread at a time.
 *
 * <p>After an error nothing is believed: the file is opened again and cut to the end of the last group that is known to be on disk,
 * because the pages of a failed fsync may never be written although the next fsync succeeds.
 */
final class ChainFiles implements AutoCloseable {
    private static final byte[] END_OF_LINE = {'\n'};

    private final EvidenceDirectory directory;
    private final AppendFile.Opener opener;
    private final HeadFile head;
    private final Clock clock;
    private Optional<End> end = Optional.empty();
    private Optional<AppendFile> file = Optional.empty();

    /**
     * Where the chain ends on disk.
     *
     * @param link the last line
     * @param day of the file
     * @param length of the file
     */
    private record End(ChainLink link, LocalDate day, long length) {
        End at(long otherLength) {
            return new End(link, day, otherLength);
        }
    }

    ChainFiles(EvidenceDirectory directory, AppendFile.Opener opener, HeadFile head, Clock clock) {
        this.directory = directory;
        this.opener = opener;
        this.head = head;
        this.clock = clock;
    }

    /** Goes on behind that line. */
    void begin(ChainLink last) throws IOException {
        LocalDate day = newestDay().filter(newest -> newest.isAfter(today())).orElse(today());
        end = Optional.of(new End(last, day, open(day).length()));
    }

    /** Forgets where the chain ends. */
    void forget() {
        end = Optional.empty();
    }

    boolean hasBegun() {
        return end.isPresent();
    }

    /** The last line on disk. */
    ChainLink last() {
        return end.orElseThrow().link();
    }

    /** The day of the file that is written. */
    Optional<LocalDate> day() {
        return end.map(End::day);
    }

    /** True if the next line goes to a new file. */
    boolean dayHasChanged() {
        return day().filter(today()::isAfter).isPresent();
    }

    /** Puts one group on disk. After an exception none of it counts. */
    void commit(List<byte[]> rests) throws IOException {
        boolean onDisk = false;
        try {
            AppendFile target = targetOfToday();
            End from = end.orElseThrow().at(target.length());
            end = Optional.of(from);
            ByteArrayOutputStream group = new ByteArrayOutputStream(rests.size() * 1500);
            ChainLink link = from.link();
            for (byte[] rest : rests) {
                byte[] opening = link.opening();
                link = link.after(opening, rest);
                group.writeBytes(opening);
                group.writeBytes(rest);
            }
            long length = from.length() + group.size();
            head.announce(headAt(from, Optional.of(new SignedHead.Next(link, length))));
            target.append(group.toByteArray());
            target.sync();
            end = Optional.of(new End(link, from.day(), length));
            onDisk = true;
        } finally {
            if (onDisk || tryToCut()) {
                settle();
            }
        }
    }

    private SignedHead headAt(End at, Optional<SignedHead.Next> next) {
        String name = directory.fileOf(at.day()).getFileName().toString();
        return new SignedHead(clock.instant(), at.link(), name, at.length(), next);
    }

    private void settle() {
        try {
            if (end.isPresent()) {
                head.settle(headAt(end.get(), Optional.empty()));
            }
        } catch (IOException e) {
            // The announcement stands there still, and says as much; the next one will tell that the file cannot be
            // written.
        }
    }

    /** The file to append to, which ends where the chain ends. */
    private AppendFile targetOfToday() throws IOException {
        End known = end.orElseThrow();
        LocalDate today = today();
        if (today.isAfter(known.day())) {
            // A clock that was set back stays with the newest file, so that the order of names is the order of lines.
            AppendFile next = open(today);
            end = Optional.of(new End(known.link(), today, next.length()));
            return next;
        }
        boolean reopened = file.isEmpty() || Files.notExists(directory.fileOf(known.day()));
        AppendFile target = reopened ? open(known.day()) : file.get();
        if (reopened && target.length() > known.length()) {
            target.truncate(known.length());
        }
        if (target.length() > 0 && target.length() < known.length()) {
            // Somebody took lines away. The chain goes on from what we remember, so that a verification finds the hole;
            // what is left
            // of the last line must not spoil the next.
            target.append(END_OF_LINE);
        }
        return target;
    }

    /**
     * No half line stays; if even that fails, the next group begins with it. Until then the announcement has to stand, for it explains
     * what is there.
     */
    private boolean tryToCut() {
        try {
            if (file.isPresent() && end.isPresent()) {
                file.get().truncate(end.get().length());
                return true;
            }
            return false;
        } catch (IOException e) {
            return false; // Said by the error that brought us here; see targetOfToday.
        } finally {
            closeFile();
        }
    }

    private AppendFile open(LocalDate day) throws IOException {
        closeFile();
        AppendFile opened = opener.open(directory.fileOf(day));
        file = Optional.of(opened);
        return opened;
    }

    private void closeFile() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            // Everything that counts is on disk since its fsync.
        } finally {
            file = Optional.empty();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Optional<LocalDate> newestDay() throws IOException {
        return directory.dayFiles().stream().reduce((older, newer) -> newer).flatMap(EvidenceDirectory::dayOf);
    }

    @Override
    public void close() {
        closeFile();
        end = Optional.empty();
    }
}
