/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All processes of one relay, also those that it starts and that end again, as a control group of the kernel: what they have used together.
 * Needs root, and cgroups of version 1 (cpuacct) or 2.
 */
final class ProcessGroup {
    private static final Path V1 = Path.of("/sys/fs/cgroup/cpuacct");
    private static final Path V2 = Path.of("/sys/fs/cgroup");

    private final Path directory;

    private ProcessGroup(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException if this machine has no cgroups that we may write */
    static ProcessGroup named(String name) throws IOException {
        Path parent = Files.isDirectory(V1) ? V1 : V2;
        Path directory =
                parent.resolve("tlsward-bench-" + ProcessHandle.current().pid() + "-" + name);
        return new ProcessGroup(Files.createDirectory(directory));
    }

    /** The command that becomes a member of the group and then runs the given one. */
    List<String> enter(List<String> command) {
        List<String> all = new ArrayList<>(
                List.of("/bin/sh", "-c", "echo $$ >\"$0/cgroup.procs\" && exec \"$@\"", directory.toString()));
        all.addAll(command);
        return all;
    }

    /** CPU time so far, in nanoseconds, user and system. */
    long cpuNanos() throws IOException {
        Path v1 = directory.resolve("cpuacct.usage");
        if (Files.exists(v1)) {
            return Long.parseLong(Files.readString(v1).trim());
        }
        String usage = Files.readAllLines(directory.resolve("cpu.stat")).get(0);
        return 1_000 * Long.parseLong(usage.substring("usage_usec ".length()));
    }

    /** Proportional share of memory, in bytes. */
    long memory() throws IOException {
        long kilobytes = 0;
        for (long process : processes()) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/smaps_rollup"))) {
                kilobytes += lines.filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
            } catch (IOException | java.io.UncheckedIOException e) {
                // It has ended meanwhile.
            }
        }
        return kilobytes * 1024;
    }

    List<Long> processes() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("cgroup.procs"))) {
            return lines.map(Long::valueOf).toList();
        }
    }

    /** Ends all of them. */
    void end() throws IOException {
        for (int second = 0; !processes().isEmpty() && second < 40; second++) {
            for (long process : processes()) {
                ProcessHandle.of(process)
                        .ifPresent(second < 30 ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        Files.deleteIfExists(directory);
    }
}
