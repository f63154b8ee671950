/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One client connection (RFC 5321), on blocking sockets with JSSE. The caller holds the reins, because only the caller knows what is
 * required:
 *
 * <ol>
 *   <li>{@link org.tlsward.smtp.SmtpConnection#open} connects, reads the greeting and says EHLO.
 *   <li>{@link org.tlsward.smtp.SmtpConnection#startTls} sends STARTTLS, listed or not, and completes a handshake with whatever
 *       certificate the server has. It returns a {@link org.tlsward.smtp.TlsPeer}: facts, no decision.
 *       {@link org.tlsward.smtp.ChainJudge} has judged the chain; a resumed session is judged anew.
 *   <li>{@link org.tlsward.smtp.SmtpConnection#helloAgain} says EHLO inside TLS. An alert instead of the reply is a TLS failure.
 *   <li>Here the caller decides. Nothing but EHLO and STARTTLS has left so far.
 *   <li>{@link org.tlsward.smtp.SmtpConnection#authenticate}, if the next hop wants it.
 *   <li>{@link org.tlsward.smtp.SmtpConnection#send}, once for each message: MAIL, RCPT and DATA in one go where the server offers
 *       PIPELINING, the message straight from its {@link org.tlsward.smtp.MessageSource}. The
 *       {@link org.tlsward.smtp.TransactionResult} has an {@link org.tlsward.smtp.Answer} for each recipient and counts what was
 *       sent in cleartext and inside TLS.
 *   <li>{@link org.tlsward.smtp.SmtpConnection#makeReady} before the next message; {@link org.tlsward.smtp.SmtpConnection#quit}.
 * </ol>
 *
 * <p>Every step has a time limit for the step as a whole, and all together have one: {@link org.tlsward.smtp.StepTimes}. What breaks
 * a connection is a {@link org.tlsward.smtp.Failure} and always temporary; what a server refuses is in the answers.
 */
package org.tlsward.smtp;
