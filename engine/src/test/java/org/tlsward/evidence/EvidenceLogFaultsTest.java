/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.health.HealthProblem;
import org.tlsward.testing.SettableClock;

/** A disk that is full or broken, files that somebody changes under us, threads that share an fsync. */
class EvidenceLogFaultsTest {
    @TempDir
    Path temp;

    private Path directory = Path.of("");
    private final FaultyDisk disk = new FaultyDisk();
    private final SettableClock clock = new SettableClock(Samples.NOON);
    private Optional<EvidenceLog> opened = Optional.empty();

    @BeforeEach
    void place() {
        directory = temp.resolve("evidence");
    }

    @AfterEach
    void close() {
        opened.ifPresent(EvidenceLog::close);
    }

    @Test
    void aFullDiskShouldLeaveNoHalfLineAndALaterAppendShouldTryAgain() throws Exception {
        EvidenceLog log = open();
        append(log, "a");
        long before = Files.size(file());
        disk.appendFails = true;
        assertThatThrownBy(() -> append(log, "lost"))
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining("No space left");
        assertThat(Files.size(file())).isEqualTo(before);
        assertThat(log.problems())
                .extracting(HealthProblem::severity)
                .containsExactly(HealthProblem.Severity.UNHEALTHY);
        disk.appendFails = false;
        append(log, "b");
        assertThat(log.problems()).isEmpty();
        assertThat(Files.readString(file())).contains("\"b@").doesNotContain("lost");
        assertThat(verify()).isEmpty();
    }

    @Test
    void aFailedFsyncShouldNotCountEvenIfTheBytesAreThere() throws Exception {
        EvidenceLog log = open();
        disk.syncFails = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.syncFails = false;
        append(log, "b");
        assertThat(Files.readString(file())).contains("\"b@").doesNotContain("lost");
        assertThat(verify()).isEmpty();
    }

    @Test
    void whatCouldNotBeCutAtOnceShouldBeCutBeforeTheNextLine() throws Exception {
        EvidenceLog log = open();
        disk.appendFails = true;
        disk.truncateFails = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.appendFails = false;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.truncateFails = false;
        append(log, "b");
        assertThat(verify()).isEmpty();
        assertThat(types()).containsExactly("start", "checkpoint", "checkpoint", "attempt");
    }

    /** The half line is ours, and the head has to go on saying so. */
    @Test
    void whatABrokenDiskLeftShouldBeNoFindingAtTheNextStart() throws Exception {
        EvidenceLog log = open();
        disk.appendFails = true;
        disk.truncateFails = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        log.close();
        disk.appendFails = false;
        disk.truncateFails = false;
        EvidenceLog next = open();
        assertThat(next.problems()).isEmpty();
        assertThat(verify()).containsExactly(Finding.Kind.CUT_NOTED);
    }

    @Test
    void aFailedRotationShouldBeTriedAgain() throws Exception {
        EvidenceLog log = open();
        clock.set("2026-11-23T00:00:00Z");
        disk.openFails = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.openFails = false;
        disk.syncFails = true;
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.syncFails = false;
        append(log, "b");
        assertThat(Files.readString(directory.resolve("evidence-2026-11-23.jsonl")))
                .contains("\"b@")
                .doesNotContain("lost");
        assertThat(verify()).isEmpty();
    }

    @Test
    void aDiskThatIsFullAtTheStartShouldMakeItUnhealthyAndNoMore() throws Exception {
        disk.appendFails = true;
        EvidenceLog log = open();
        assertThat(log.problems()).hasSize(1);
        assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(EvidenceUnavailableException.class);
        disk.appendFails = false;
        append(log, "a");
        assertThat(log.problems()).isEmpty();
        assertThat(types()).containsExactly("start", "checkpoint", "attempt");
        assertThat(verify()).isEmpty();
    }

    @Test
    void linesThatAreTakenAwayUnderARunningLogShouldBeFound() throws Exception {
        EvidenceLog log = open();
        append(log, "a");
        Files.delete(file());
        append(log, "b");
        assertThat(Files.readString(file())).contains("\"b@");
        assertThat(verify()).containsExactly(Finding.Kind.BEGINS_LATE);
    }

    @Test
    void aFileThatIsCutUnderARunningLogShouldNotSpoilTheNextLine() throws Exception {
        EvidenceLog log = open();
        append(log, "a");
        append(log, "b");
        byte[] all = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(all, all.length - 40));
        append(log, "c");
        append(log, "d");
        assertThat(verify()).containsExactly(Finding.Kind.CHANGED);
        assertThat(Files.readAllLines(file()).get(4)).contains("\"c@");
    }

    @Test
    void anInterruptedThreadShouldStillWriteAndHarmNobody() throws Exception {
        EvidenceLog log = open();
        clock.set("2026-11-23T00:00:00Z");
        Thread.currentThread().interrupt();
        append(log, "a");
        assertThat(Thread.interrupted()).isTrue();
        append(log, "b");
        assertThat(verify()).isEmpty();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void threadsThatWaitShouldShareOneFsync() throws Exception {
        EvidenceLog log = open();
        int before = disk.syncs.get();
        CountDownLatch inSync = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.beforeSync = () -> {
            inSync.countDown();
            awaitQuietly(goOn);
        };
        List<Thread> threads = new ArrayList<>();
        threads.add(start(log, 0));
        inSync.await();
        for (int number = 1; number < 16; number++) {
            threads.add(start(log, number));
        }
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(disk.syncs.get() - before).isEqualTo(2);
        assertThat(lineCount()).isEqualTo(18);
        assertThat(verify()).isEmpty();
    }

    /** It would be written a second time, and nobody can take a line back. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void linesThatAreOnDiskShouldCountAlthoughTheEndBehindThemCouldNotBeSigned() throws Exception {
        EvidenceLog log = open();
        CountDownLatch inSync = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.beforeSync = () -> {
            inSync.countDown();
            awaitQuietly(goOn);
        };
        Thread first = start(log, 1);
        inSync.await();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread second = waiting(() -> append(log, "t2"), failures);
        Thread end = waiting(log::signEnd, failures);
        // The group of both is written, and what comes behind it is not.
        AtomicInteger syncs = new AtomicInteger();
        disk.beforeSync = () -> disk.appendFails = syncs.incrementAndGet() == 1;
        goOn.countDown();
        first.join();
        second.join();
        end.join();
        assertThat(failures).singleElement().isInstanceOf(EvidenceUnavailableException.class);
        assertThat(log.problems()).hasSize(1);
        disk.beforeSync = () -> {};
        disk.appendFails = false;
        append(log, "t3");
        assertThat(types()).containsExactly("start", "checkpoint", "attempt", "attempt", "attempt");
        assertThat(log.problems()).isEmpty();
        assertThat(verify()).isEmpty();
    }

    private static Thread waiting(Runnable task, List<Throwable> failures) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void anErrorOfOursShouldTurnHealthRedAndLeaveNoHalfLine() throws Exception {
        EvidenceLog log = open();
        disk.beforeSync = () -> {
            throw new IllegalStateException("no key any more");
        };
        assertThatThrownBy(() -> append(log, "lost"))
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining("no key any more");
        assertThat(log.problems())
                .extracting(HealthProblem::severity)
                .containsExactly(HealthProblem.Severity.UNHEALTHY);
        disk.beforeSync = () -> {};
        append(log, "b");
        assertThat(log.problems()).isEmpty();
        assertThat(Files.readString(file())).contains("\"b@").doesNotContain("lost");
        assertThat(verify()).isEmpty();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void nobodyShouldComeBackBeforeTheFsync() throws Exception {
        EvidenceLog log = open();
        AtomicBoolean synced = new AtomicBoolean();
        AtomicBoolean early = new AtomicBoolean();
        CountDownLatch goOn = new CountDownLatch(1);
        disk.beforeSync = () -> {
            awaitQuietly(goOn);
            synced.set(true);
        };
        Thread thread = new Thread(() -> {
            append(log, "a");
            early.set(!synced.get());
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        thread.join();
        assertThat(early).isFalse();
        assertThat(synced).isTrue();
    }

    private Thread start(EvidenceLog log, int number) {
        Thread thread = new Thread(() -> append(log, "t" + number));
        thread.start();
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(EvidenceLog log, String user) {
        log.append(List.of(Samples.delivered(user + "@partner.example")));
    }

    private EvidenceLog open() {
        EvidenceLog log = EvidenceLog.open(EvidenceLog.Settings.usual(directory), clock, disk);
        opened = Optional.of(log);
        return log;
    }

    private Path file() {
        return directory.resolve("evidence-2026-11-22.jsonl");
    }

    private List<String> types() throws IOException {
        return CopiedLog.lines(directory).stream()
                .map(line -> line.get("type").asText())
                .toList();
    }

    private long lineCount() throws IOException {
        return Files.readAllLines(file()).size();
    }

    private List<Finding.Kind> verify() throws IOException {
        return EvidenceVerifier.verify(directory, Optional.empty()).findings().stream()
                .map(Finding::kind)
                .toList();
    }
}
