/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import picocli.CommandLine.Command;

/** Groups what is about tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Named secrets for the pages and routes of TLS Ward.")
final class TokenCommand implements Runnable {
    @Override
    public void run() {
        throw new UsageException("a command is missing (expected: add, list or revoke)");
    }
}
