/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the evidence log tells, to people: views of the lines that {@link org.tlsward.evidence.EvidenceLog} has written, and nothing else.
 *
 * <ol>
 *   <li>{@link org.tlsward.proof.EvidenceArchive} reads the files of the days that are asked for, also while a server writes them;
 *       {@link org.tlsward.proof.ArchivedLine} is one line, and knows what it says.
 *   <li>{@link org.tlsward.proof.MailStories} finds the lines of some mails, and {@link org.tlsward.proof.StoryTeller} makes sentences of
 *       them: what was tried, what was seen, why it waited, who released it, how it went.
 *   <li>{@link org.tlsward.proof.Certificate} is the same for somebody who was not there: one page.
 *   <li>{@link org.tlsward.proof.DayFigures} counts a day; {@link org.tlsward.proof.FiguresArchive} remembers days that are over.
 *   <li>{@link org.tlsward.proof.Suggestions} finds partners that could be held to more, {@link org.tlsward.proof.MonthReport} and
 *       {@link org.tlsward.proof.PartnerReport} are texts to send.
 * </ol>
 *
 * <p>Nothing here judges whether the log is sound: that is {@link org.tlsward.evidence.EvidenceVerifier}. Everything that was on the wire
 * once is made harmless for terminals when a line is read, also if somebody has written it into the file by hand.
 */
package org.tlsward.proof;
