/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is required, and what follows from what was seen. Pure: no input, no output, no clock but the one handed in.
 *
 * <ol>
 *   <li>{@link org.tlsward.policy.TlsLevel} is the word of the configuration, {@link org.tlsward.policy.Requirement} what it
 *       means: a conjunction of conditions that can be joined and never gets weaker by joining.
 *   <li>{@link org.tlsward.policy.ClassRule} says what a class of addresses demands, inbound and outbound.
 *   <li>{@link org.tlsward.policy.InboundGate} judges one recipient against the TLS of the session that names it.
 * </ol>
 */
package org.tlsward.policy;
