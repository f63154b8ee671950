/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.io.IOException;
import org.tlsward.check.ExitCode;

/** The server answers, and the answer is no; the message is the server's. */
final class ServerRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ServerRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What was asked for cannot be done; where the server is ill, nobody knows. */
    ExitCode exit() {
        return status == 400 || status == 403 || status == 404 ? ExitCode.PROBLEMS : ExitCode.COULD_NOT_TELL;
    }
}
