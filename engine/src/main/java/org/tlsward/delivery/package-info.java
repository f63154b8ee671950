/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From a message and its recipients to outcomes. {@link org.tlsward.delivery.DeliverToDomain#deliver} takes one
 * {@link org.tlsward.delivery.Shipment}: a message, one destination, recipients whose demands are of one group. Its way:
 *
 * <ol>
 *   <li>A demand that no host can meet ends here, before anybody is asked.
 *   <li>{@link org.tlsward.delivery.ConnectionPool} gives a slot of the destination, so that a dead one never takes all threads.
 *   <li>{@code ChooseHosts}: MX by preference, addresses, implicit MX, null MX, fixed next hops, loops. An error is not absence.
 *   <li>{@link org.tlsward.delivery.Publications} say what the destination publishes about a host.
 *   <li>{@link org.tlsward.delivery.HostMemory} leaves hosts alone that did not answer lately.
 *   <li>{@code AttemptHost}: a pooled connection of the same requirement, judged again; or {@code VerifyPeer}: connect, STARTTLS,
 *       EHLO, and {@link org.tlsward.policy.PolicyEngine#decide}. Nothing of envelope or message has left so far.
 *   <li>{@code SendTransaction}: in as many transactions as the server wants. What a pooled connection has not taken because it
 *       was dead is sent once more over a new one.
 *   <li>{@code Tally}, for each recipient: settled by this host, or left to the next one; at the end an
 *       {@link org.tlsward.delivery.Outcome}. A requirement counts as unmet only if no host did.
 * </ol>
 */
package org.tlsward.delivery;
