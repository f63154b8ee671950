/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

/**
 * A mail as it is written: one row.
 *
 * @param id of the mail in the store, ascending in the order of arrival
 * @param queue name of the queue it waits in
 * @param due when it may be handed out, in milliseconds since 1970
 * @param envelope everything but the message, see {@link Envelope}
 * @param message the message, or where it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredMail(long id, String queue, long due, byte[] envelope, MessageBytes message) {}
