/* SPDX-License-Identifier: Apache-2.0 */
/**
 * MTA-STS (RFC 8461): what a domain says about its MX hosts over HTTPS. The way of a question:
 *
 * <ol>
 *   <li>{@link org.tlsward.mtasts.StsCache#of} answers from memory if a policy is in force, or if somebody has found out a few minutes ago
 *       that there is none. One asker of a domain goes on; others wait for it.
 *   <li>{@link org.tlsward.mtasts.StsRecord} reads the TXT record at {@code _mta-sts}: is there a policy, and is it another one than ours?
 *   <li>{@link org.tlsward.mtasts.HttpsPolicyFetcher} gets the policy file, {@code StsPolicyText} reads it; a failure is told in the words
 *       of {@link org.tlsward.mtasts.StsFailure}.
 *   <li>{@code PolicyKeeper} writes it down, in memory and in a directory with one file a domain ({@code StsStore}), and {@code
 *       RefreshPlan} says when it is fetched again.
 *   <li>{@link org.tlsward.mtasts.StsVerdict#about} tells what the policy means for one MX host.
 * </ol>
 *
 * <p>Losing a policy is a downgrade. So a policy that was fetched rules until its end, or until its domain serves another one: whether the
 * record vanishes, DNS fails, the policy host is gone or the server restarts. It is renewed every day, and {@link
 * org.tlsward.health.HealthSource#problems} tells when that fails for long.
 *
 * <p>Sections of RFC 8461 are quoted from memory.
 */
package org.tlsward.mtasts;
