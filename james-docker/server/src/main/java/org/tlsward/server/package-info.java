/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Apache James as a gateway with TLS Ward in it: what {@code make run} and the image start.
 *
 * <ol>
 *   <li>{@link org.tlsward.server.TlsWardServer} closes {@code var/} to other accounts of the machine, makes a certificate
 *       if {@code smtpserver.xml} names the one of ours and it is not there yet, puts James together and starts it.
 *   <li>{@link org.tlsward.queue.DurableQueueGuiceModule} gives James a mail queue on disk, with no network port of its own:
 *       a mail is in a synced journal before the client reads its {@code 250}.
 *   <li>{@link org.tlsward.server.LocalDataModule} takes aliases from {@code recipientrewritetable.xml} and the demo's
 *       mailboxes from {@code demo-users}. Both are there before the first mail of the queue is looked at.
 *   <li>{@link org.tlsward.server.CertificateModule} watches every certificate that a server names: a new one is loaded
 *       without a restart, a broken one is reported and the old one stays in force, expiry shows in the health check.
 *   <li>{@link org.tlsward.server.WebAdminModule} keeps web pages of strangers away from WebAdmin.
 * </ol>
 *
 * <p>Everything of TLS Ward itself is loaded by James from the class path as in any other James, see {@code conf/}.
 */
package org.tlsward.server;
