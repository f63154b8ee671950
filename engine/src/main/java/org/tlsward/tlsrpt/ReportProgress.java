/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far the reports about a day have come, on disk, so that a restart sends no report twice but for those that were on their way. Those
 * have the same report-id again.
 *
 * @param salt makes the ids of two servers differ that report about the same domain
 * @param tasks what is left to do
 */
record ReportProgress(String salt, List<ReportTask> tasks) {
    private static final String KIND = "tlsward tlsrpt progress 1";

    ReportProgress {
        tasks = List.copyOf(tasks);
    }

    String reportId(LocalDate day, String domain, Reporter reporter) {
        return day + "." + StateFiles.sha256(salt + " " + domain).substring(0, 16) + "@" + reporter.domain();
    }

    /** The tasks changed. */
    ReportProgress with(List<ReportTask> left) {
        return new ReportProgress(salt, left);
    }

    /** Below that directory. */
    record Store(StateFiles files) {
        Store(Path directory) {
            this(new StateFiles(directory));
        }

        Optional<ReportProgress> read(LocalDate day) {
            return files.read(name(day), KIND).map(text -> {
                List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
                String salt = lines.remove(0);
                return new ReportProgress(
                        salt, lines.stream().map(ReportTask::parse).toList());
            });
        }

        void write(LocalDate day, ReportProgress progress) throws IOException {
            List<String> lines = new ArrayList<>();
            lines.add(progress.salt());
            progress.tasks().forEach(task -> lines.add(task.line()));
            files.write(name(day), KIND, String.join("\n", lines));
        }

        void delete(LocalDate day) {
            files.delete(name(day));
        }

        private static String name(LocalDate day) {
            return "progress-" + day;
        }
    }
}
