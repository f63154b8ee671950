/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The hops of a mail, as its {@code Received} lines tell them (RFC 5321 §4.4): was each of them TLS, and of which version.
 *
 * <ol>
 *   <li>{@link org.tlsward.hops.ReceivedFields} takes the lines out of a header that somebody pasted.
 *   <li>{@link org.tlsward.hops.ReceivedLine} reads one line of whatever server: clauses ({@code ReceivedClauses}) made of words and
 *       comments ({@code ReceivedTokens}), and in them what servers say about TLS ({@code TlsClaims}).
 *   <li>{@link org.tlsward.hops.HopAudit} judges the chain against a minimum, from us outward, and says of each hop whether it was ours.
 * </ol>
 *
 * <p>Whoever had the mail before us may have written every line but our own: a chain that looks good proves nothing about others, one that
 * looks bad is an honest warning. So everything here errs to the bad side: what contradicts itself is not TLS, what is cut is unknown.
 *
 * <p>The lines are a stranger's. Each is read once from left to right, without backtracking, at most 8192 characters of it; at most 100
 * lines are read; nothing throws.
 */
package org.tlsward.hops;
