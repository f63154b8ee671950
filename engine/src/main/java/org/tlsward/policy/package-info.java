/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is required, and what follows from what was seen. Pure: no input, no output, no clock but the one handed in.
 *
 * <p>The vocabulary:
 *
 * <ol>
 *   <li>{@link org.tlsward.policy.TlsLevel} is the word of the configuration, {@link org.tlsward.policy.Requirement} what it
 *       means: a conjunction of conditions that can be joined and never gets weaker by joining.
 *   <li>{@link org.tlsward.policy.ClassRule} says what a class of addresses demands, inbound and outbound;
 *       {@link org.tlsward.policy.DestinationRules} what the configuration says of destinations.
 *   <li>{@link org.tlsward.policy.InboundGate} judges one recipient against the TLS of the session that names it.
 * </ol>
 *
 * <p>The way of one delivery:
 *
 * <ol>
 *   <li>{@link org.tlsward.policy.Demand} joins what our side demands ("A"), rule by rule: classes, marks, destination, REQUIRETLS;
 *       and applies the four {@linkplain org.tlsward.policy.Lowering ways down}. Recipients with equal
 *       {@linkplain org.tlsward.policy.Demand#group() groups} may share a transaction.
 *   <li>{@link org.tlsward.policy.Facts} add one host, and what the destination publishes about it ("B").
 *   <li>{@link org.tlsward.policy.PolicyEngine#decide} says before connecting whether the host is worth it, and how to treat
 *       STARTTLS; and again, when the session stands or has failed, whether the mail may go out. A
 *       {@link org.tlsward.policy.Decision} carries what was required, by which rule, and what was seen.
 *   <li>{@link org.tlsward.policy.Decision.Refuse#ofAll} sums up the hosts of an attempt.
 *   <li>{@link org.tlsward.policy.Deadlines} say whether the mail is tried again, withheld or rejected.
 * </ol>
 *
 * <p>{@link org.tlsward.policy.RequirementText} and {@link org.tlsward.policy.RequireHeader} carry a requirement with a mail. What
 * they cannot read cannot be satisfied.
 */
package org.tlsward.policy;
