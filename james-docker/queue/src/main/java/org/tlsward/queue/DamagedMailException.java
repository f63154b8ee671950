/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.io.IOException;

/** What is on the disk of a mail is not what was written. Trying again does not help. */
final class DamagedMailException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedMailException(String message) {
        super(message);
    }

    DamagedMailException(String message, Throwable cause) {
        super(message, cause);
    }
}
