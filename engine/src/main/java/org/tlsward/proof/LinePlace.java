/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

/**
 * Where a line stands, and how to know it again.
 *
 * @param node which server wrote it; empty if the log does not tell
 * @param file its name
 * @param number in the file, from 1 on
 * @param sequence in the log, from 1 on
 * @param hash SHA-256 of all its bytes; the line behind it carries it as {@code prev}
 */
public record LinePlace(String node, String file, long number, long sequence, String hash) {}
