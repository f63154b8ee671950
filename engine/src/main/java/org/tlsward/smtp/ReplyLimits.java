/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

/**
 * How much of a reply is read before the peer counts as hostile.
 *
 * @param lineLength octets of one line with its line end
 * @param lines lines of one reply
 * @param totalLength octets of one reply
 */
public record ReplyLimits(int lineLength, int lines, int totalLength) {

    /** RFC 5321 §4.5.3.1.5 allows 512 octets a line; real servers send longer ones, and EHLO has some dozens of lines. */
    public static final ReplyLimits DEFAULT = new ReplyLimits(2048, 128, 32 * 1024);
}
