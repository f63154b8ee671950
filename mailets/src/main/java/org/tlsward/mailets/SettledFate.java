/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

/** What becomes of a recipient after an attempt. */
enum SettledFate {
    /** A server has it. */
    DELIVERED,
    /** It goes back into the queue. */
    TRY_AGAIN,
    /** It goes to the {@code withheldProcessor}. */
    WITHHELD,
    /** It goes to the {@code bounceProcessor}. */
    REJECTED
}
