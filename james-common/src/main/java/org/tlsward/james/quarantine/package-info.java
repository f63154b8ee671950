/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The quarantine: mail that may not travel as it would have to, kept in repositories of James until somebody decides.
 *
 * <ol>
 *   <li>The mailet {@code QuarantineWithheld} opens a {@link org.tlsward.james.quarantine.Shelf} for its repository and puts withheld mail
 *       on it. A {@link org.tlsward.james.quarantine.KeptNote} goes along, so that a list need not open the message.
 *   <li>{@link org.tlsward.james.quarantine.Quarantine} lists and shows what is on all shelves, and lets it go: a release sends it back to
 *       delivery, where it is judged again; with an override, which a second person confirms
 *       ({@link org.tlsward.james.quarantine.PendingOverride}), under one lower requirement; a bounce tells its sender.
 *   <li>A {@link org.tlsward.james.quarantine.ReleaseMark} carries an override with the one mail that it is for.
 *   <li>{@code QuarantineKeeper} returns what has lain too long, and writes the {@code Digest} of the day.
 *   <li>{@code SealedMail} is a mail as it lies on a shelf if the admin has a key; {@code PrivateFiles} keeps files from other users.
 * </ol>
 *
 * <p>Whatever is done to a mail is written to the evidence first, then done; it is put where it goes before it is taken off the shelf. A crash
 * in between gives a second copy, never a loss.
 */
package org.tlsward.james.quarantine;
