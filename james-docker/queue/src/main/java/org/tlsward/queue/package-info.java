/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mail queues for James that keep mail on the disk of this machine, without a broker.
 *
 * <p>The way of a mail:
 *
 * <ol>
 *   <li>{@link org.tlsward.queue.DurableMailQueue#enQueue} writes the envelope as JSON
 *       ({@code Envelope}); the message is taken as bytes ({@code MessageWriter}), a small one into the heap, a large one
 *       into a file of its own.
 *   <li>{@code Committer}, the only thread that writes, gathers what all callers bring while the disk is busy, and makes one
 *       transaction of it: one fsync for all. Then the callers return, and SMTP says 250.
 *   <li>{@code Backlog} has what waits, a few words of heap each; {@code Dispatcher} sleeps until a mail is due and a
 *       consumer wants one, reads the envelope and hands it out ({@code LeasedMail}). The message is read from the disk
 *       when somebody asks ({@code StoredMessage}).
 *   <li>{@code done(SUCCESS)} ends the mail. That is on its way to the disk at once but nobody waits for it: it is in the
 *       hands of the operating system within milliseconds and on the disk within a second. What a killed process, or a
 *       power cut, undoes is handed out again: at least once, never lost.
 *   <li>The row goes when the mail has ended and nobody reads its message any more.
 * </ol>
 *
 * <p>The store is SQLite with a write-ahead log; docs/adr/0002-durable-queue.md says why. What cannot be read is moved to
 * {@code damaged}, what a consumer rejects to {@code rejected}; nothing disappears.
 */
package org.tlsward.queue;
