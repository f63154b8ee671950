/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
import org.tlsward.classes.MailboxName;
import org.tlsward.classes.Membership;

/** One look-up. The addresses asked for are spread over the whole set, so that large sets do not sit in a cache by luck. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClassLookUp {
    private static final int ASKED = 1 << 15;

    /** How many members the class has. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int members;

    private final MailboxName[] memberNames = new MailboxName[ASKED];
    private final MailboxName[] strangerNames = new MailboxName[ASKED];
    private final String[] memberTexts = new String[ASKED];
    private GeneratedMembers generated;
    private ClassDirectory classes;
    private int next;

    /** Reads the members and draws the addresses to ask for. */
    @Setup
    public void setUp() throws IOException {
        generated = GeneratedMembers.write(members);
        classes = generated.open();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < ASKED; i++) {
            int drawn = random.nextInt(members);
            memberTexts[i] = GeneratedMembers.member(drawn);
            memberNames[i] = MailboxName.parse(memberTexts[i], "+");
            strangerNames[i] = MailboxName.parse(GeneratedMembers.stranger(drawn), "+");
        }
    }

    /** Leaves nothing behind. */
    @TearDown
    public void tearDown() throws IOException {
        classes.close();
        generated.delete();
    }

    /** A member, whose address is in canonical form already. */
    @Benchmark
    public Membership hit() {
        return classes.classesOf(memberNames[next++ & (ASKED - 1)]);
    }

    /** A stranger, whose address is in canonical form already. */
    @Benchmark
    public Membership miss() {
        return classes.classesOf(strangerNames[next++ & (ASKED - 1)]);
    }

    /** A member, as the address stands in an envelope. */
    @Benchmark
    public Membership hitByText() {
        return classes.classesOf(memberTexts[next++ & (ASKED - 1)]);
    }
}
