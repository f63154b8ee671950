/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import org.tlsward.check.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes back, or refuses, what was asked for. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Take back, or refuse, that a withheld mail travels under a lower requirement. It stays.")
final class QuarantineWithdrawCommand extends ServerDeed {
    @Parameters(index = "0", paramLabel = "ID", description = "As \"tlsward quarantine list\" shows it.")
    private String id;

    QuarantineWithdrawCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run(ServerConnection connection) throws IOException {
        tell(connection.post(path(id) + "/withdraw", body()), id + " stays where it is.");
        return ExitCode.CLEAN;
    }
}
