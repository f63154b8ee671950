/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of it. */
@Timeout(120)
class CrashTest {

    private static final int KILLS = 5;

    @TempDir
    Path directory;

    @Test
    void acceptedMailShouldBeThereExactlyOnceAfterKills() throws Exception {
        Random random = new Random();
        List<String> accepted = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            accepted.addAll(killed("k" + kill, 1 + random.nextInt(400)));
            try (DurableMailQueueFactory factory = Fixture.open(directory)) {
                List<String> found = Fixture.browse(factory.createQueue(Victim.KEPT));
                assertThat(found).doesNotHaveDuplicates().containsAll(accepted);
                // What was on its way and not confirmed may be there: at most one mail of each sender and kill.
                assertThat(found.size() - accepted.size()).isBetween(0, 4 * (kill + 1));
                assertThat(Fixture.browse(factory.createQueue(Victim.PASSING))).doesNotHaveDuplicates();
                assertThat(factory.countSetAside()).isZero();
            }
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            assertThat(Fixture.next(factory.createQueue(Victim.KEPT)).getMail().getMessageSize())
                    .isPositive();
        }
    }

    @Test
    void messagesShouldNotBeInTheHeap() throws Exception {
        // 160 MB of messages, 64 MB of heap.
        Process process = Victim.start("-Xmx64m", "fill", directory.toString(), "10000", "16000");
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("10000 found, 0 left;");
        }
        assertThat(process.waitFor()).isZero();
        try (Stream<Path> files = Files.list(directory.resolve("messages"))) {
            assertThat(files).isEmpty();
        }
    }

    /** Names of mails that a process was told are safe before it was killed, after so many of them. */
    private List<String> killed(String prefix, int after) throws Exception {
        Process process = Victim.start("-Xmx256m", "crash", directory.toString(), prefix);
        List<String> names = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).doesNotStartWith("!");
                if (line.endsWith(";")) {
                    names.add(line.substring(0, line.length() - 1));
                }
                if (names.size() == after) {
                    // Unlike Process.destroyForcibly this leaves us the last lines.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        process.waitFor();
        assertThat(names).hasSizeGreaterThanOrEqualTo(after);
        return names;
    }
}
