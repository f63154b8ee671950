/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.queue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one run cost.
 *
 * @param perSecond mails a second, through and through
 * @param cpuMillis CPU time of the whole process for a mail
 */
record Measured(double perSecond, double cpuMillis) {

    /** One run over a number of mails. */
    interface Run {
        void over(int mails) throws Exception;
    }

    static Measured of(int mails, Run run) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        run.over(mails);
        double cpuMillis = (system.getProcessCpuTime() - cpu) / 1e6;
        return new Measured(mails * 1e9 / (System.nanoTime() - start), cpuMillis / mails);
    }

    /** Runs of several things, by name, to be printed as medians with least and most. */
    static final class Table {

        private final Map<String, List<Measured>> rows = new LinkedHashMap<>();

        void add(String name, Measured measured) {
            rows.computeIfAbsent(name, key -> new ArrayList<>()).add(measured);
        }

        void print() {
            System.out.printf("%-24s %24s %30s%n", "", "mails a second", "CPU ms a mail");
            rows.forEach((name, runs) -> System.out.printf(
                    "%-24s %24s %30s%n",
                    name,
                    summary(runs, Measured::perSecond, "%.0f (%.0f to %.0f)"),
                    summary(runs, Measured::cpuMillis, "%.3f (%.3f to %.3f)")));
        }

        private static String summary(List<Measured> runs, ToDoubleFunction<Measured> value, String format) {
            double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
            return String.format(Locale.ROOT, format, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        }
    }
}
