/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder of this minute. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    CheckCommand(Surroundings surroundings) {}

    @Override
    public Integer call() {
        return 0;
    }
}
