/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import org.tlsward.check.Report;
import org.tlsward.check.ReportJson;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a report is written. */
final class OutputOption {
    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    void print(Report report, CommandSpec spec) {
        print(report, ReportJson.of(report), spec);
    }

    /** Where programs get something else than people. */
    void print(Report report, Object forPrograms, CommandSpec spec) {
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        ReportPrinter printer = new ReportPrinter(spec.commandLine().getOut(), ansi);
        if (json) {
            printer.json(forPrograms);
        } else {
            printer.text(report);
        }
    }
}
