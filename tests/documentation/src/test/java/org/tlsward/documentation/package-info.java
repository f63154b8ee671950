/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The pages are true: every block of code is read by what would read it, and those of the first pages are run.
 *
 * <ol>
 *   <li>{@link org.tlsward.documentation.CodeBlocksTest} takes every fenced block, and every {@code tlsward} and {@code make} in a sentence, to its
 *       {@link org.tlsward.documentation.Proof}, by the language of the fence.
 *   <li>{@link org.tlsward.documentation.Script} is a block of shell commands, taken apart; each program has a proof of its own.
 *   <li>{@link org.tlsward.documentation.BadBlocksTest} is the proof of the proofs: blocks with one mistake each.
 * </ol>
 *
 * <p>The rules for who writes pages are in {@code CONTRIBUTING.md}.
 */
package org.tlsward.documentation;
