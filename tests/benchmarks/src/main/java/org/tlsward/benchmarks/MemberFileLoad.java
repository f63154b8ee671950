/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tlsward.classes.ClassDirectory;

/** Reading a member file, as at a start: each time in a new, cold JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class MemberFileLoad {
    /** How many addresses the file has. */
    @Param({"100000", "1000000"})
    public int members;

    private GeneratedMembers generated;

    /** Writes the file. */
    @Setup
    public void setUp() throws IOException {
        generated = GeneratedMembers.write(members);
    }

    /** Leaves nothing behind. */
    @TearDown
    public void tearDown() throws IOException {
        generated.delete();
    }

    /** From the file to the first possible look-up. */
    @Benchmark
    public boolean load() {
        try (ClassDirectory classes = generated.open()) {
            return classes.problems().isEmpty();
        }
    }
}
