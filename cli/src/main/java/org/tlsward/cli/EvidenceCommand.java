/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine.Command;

/** Groups what is about evidence. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "How each mail travelled, as the server wrote it down.")
final class EvidenceCommand implements Runnable {
    @Override
    public void run() {
        throw new UsageException("a command is missing (expected: verify, show or certificate)");
    }
}
