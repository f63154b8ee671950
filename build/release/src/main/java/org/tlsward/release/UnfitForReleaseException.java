/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.release;

/** Something that must not be released; the message says what, where and what to do. */
final class UnfitForReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitForReleaseException(String message) {
        super(message);
    }
}
