/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

/** What came is no report, or more than we read. */
final class UnreadableReportException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableReportException(String message) {
        super(message);
    }
}
