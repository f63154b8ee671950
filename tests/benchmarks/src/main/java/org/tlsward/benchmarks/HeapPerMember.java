/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks;

import java.io.IOException;
import java.util.Locale;
import org.tlsward.classes.ClassDirectory;

/** Prints what a member costs: used heap after a collection, with and without the members. Run it with the serial collector. */
public final class HeapPerMember {
    private HeapPerMember() {}

    /** Measures files of 1,000 to 1,000,000 addresses. */
    public static void main(String[] args) throws IOException {
        measure(10);
        System.out.println("members   heap per member   text per member");
        for (int count = 1_000; count <= 1_000_000; count *= 10) {
            System.out.println(measure(count));
        }
    }

    private static String measure(int count) throws IOException {
        GeneratedMembers generated = GeneratedMembers.write(count);
        long before = usedHeap();
        try (ClassDirectory classes = generated.open()) {
            long heap = usedHeap() - before;
            long text = java.nio.file.Files.size(generated.file());
            if (!classes.classesOf(GeneratedMembers.member(0)).classes().contains("medical")) {
                throw new IllegalStateException("the members were not read");
            }
            return String.format(
                    Locale.ROOT,
                    "%,9d %,10.1f bytes %,10.1f bytes",
                    count,
                    (double) heap / count,
                    (double) text / count);
        } finally {
            generated.delete();
        }
    }

    // the one place where asking for a collection is the point
    @SuppressWarnings("SystemGc")
    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
