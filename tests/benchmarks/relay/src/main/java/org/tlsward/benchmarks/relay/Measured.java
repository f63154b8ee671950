/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One round of one server.
 *
 * @param messagesPerSecond from the first byte sent to the last mail at the sink
 * @param acceptedPerSecond until the last sender had its {@code 250}
 * @param cpuMillis of all its processes for each mail
 * @param memoryMiB of all its processes at the end, proportional share
 * @param connections to the sink
 * @param lost mails that were accepted and did not arrive
 * @param again mails that arrived more than once
 */
record Measured(
        double messagesPerSecond,
        double acceptedPerSecond,
        double cpuMillis,
        double memoryMiB,
        long connections,
        long lost,
        long again) {

    /** Median, smallest and largest of a value over the rounds. */
    static String spread(List<Measured> rounds, ToDoubleFunction<Measured> value, String format) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                median(sorted),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
        return median(rounds.stream().mapToDouble(value).sorted().toArray());
    }
}
