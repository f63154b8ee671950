/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How each mail travelled: written once, and in a way that later changes show.
 *
 * <ol>
 *   <li>An {@link org.tlsward.evidence.EvidenceRecord} tells one attempt to deliver to one recipient, or one decision of the inbound
 *       gate.
 *   <li>{@link org.tlsward.evidence.EvidenceLog} appends it as one line, and comes back when the line is on disk. Who wants to act on
 *       an outcome (acknowledge, take a mail out of a queue) does so after that.
 *   <li>{@link org.tlsward.evidence.EvidenceVerifier} walks the chain and names lines that were changed, removed, added or moved, by
 *       hashes, signatures and the signed head.
 *   <li>{@code org.tlsward.proof.EvidenceArchive} reads lines for those who tell what happened.
 *   <li>{@link org.tlsward.evidence.LogLine} tells the same attempt to somebody who reads the log of the server.
 * </ol>
 *
 * <h2>The format</h2>
 *
 * <p>A directory (mode 0700) has one file a UTC day, {@code evidence-2026-11-22.jsonl} (mode 0600): one JSON object a line, UTF-8,
 * every line ends in LF. Every line begins with
 *
 * <ul>
 *   <li>{@code v}: the version of the format, 1;
 *   <li>{@code seq}: the number of the line, from 1 on, through all files;
 *   <li>{@code prev}: the SHA-256 of the line before, its LF included, in hexadecimal digits; 64 zeros before the first line. The first
 *       line of a day follows the last line of the file before. {@code tail -n 1 FILE | sha256sum} prints what the next line
 *       will say;
 *   <li>{@code time}: when it happened, UTC; {@code type}: what the rest of the line is about.
 * </ul>
 *
 * <p>Types: {@code attempt}, {@code gate}, {@code action} (an {@link org.tlsward.evidence.EvidenceAction}: what was done with a mail between
 * attempts), {@code hops} (how a mail says it came to us, see {@link org.tlsward.evidence.EvidenceHops}), {@code emergency} (mail of a kind
 * was stopped or goes on, by whom and why); of the log itself {@code start}, {@code checkpoint}, {@code cut} and {@code retention}.
 * Their members are in {@code docs/evidence.md}. A reader leaves out types that it does not know.
 *
 * <h2>Why it cannot be changed unseen</h2>
 *
 * <ol>
 *   <li>Each line has the hash of the one before: a change shows to whoever knows a later hash.
 *   <li>A {@code checkpoint} signs the chain up to itself: who has no key cannot compute all of it anew.
 *   <li>{@code evidence-head}, beside the log, signs its end. It is written before each group ("from here to there") and after it ("up to
 *       here"), so nothing can be taken away or added at the end, and whatever a crash leaves is one of few states that are known:
 *       nothing of the group, a part of it (cut at the next start), all of it.
 *   <li>At a start, {@code ChainStart} compares files and head. What does not fit is written down for ever.
 * </ol>
 *
 * <p>What remains possible is in {@code docs/evidence.md}.
 */
package org.tlsward.evidence;
