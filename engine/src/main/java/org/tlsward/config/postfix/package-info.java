/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Moves a table for {@code smtp_tls_policy_maps} of Postfix into {@code <destinations>}.
 *
 * <ol>
 *   <li>{@link org.tlsward.config.postfix.PolicyTable} takes the text apart: comments, continued lines, keys.
 *   <li>{@link org.tlsward.config.postfix.PolicyEntry} is one entry: level and attributes.
 *   <li>{@link org.tlsward.config.postfix.PolicyImport} finds the rule that means the same. A rule that it writes is never weaker than
 *       the entry; where only a weaker one could be written it writes none, and says so.
 *   <li>{@link org.tlsward.config.postfix.Parents} takes {@code none} back where an entry without a rule would inherit it.
 * </ol>
 *
 * <p>What the words mean is from memory of the manual pages postconf(5) and TLS_README of Postfix 3.
 */
package org.tlsward.config.postfix;
