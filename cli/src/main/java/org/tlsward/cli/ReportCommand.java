/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine.Command;

/** Groups texts to send. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Reports from the evidence, ready to send.")
final class ReportCommand implements Runnable {
    @Override
    public void run() {
        throw new UsageException("a command is missing (expected: month or partner)");
    }
}
