/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who is medical: which classes an address belongs to.
 *
 * <ol>
 *   <li>{@link org.tlsward.classes.MailboxName} is an address in the form in which addresses are compared.
 *   <li>A {@link org.tlsward.classes.MemberSpec} says where members come from: the configuration, a file, an LDAP group.
 *   <li>{@link org.tlsward.classes.RecipientClasses} answers: a {@link org.tlsward.classes.Membership}, known or unknown. A source
 *       that cannot answer never turns a member into a stranger.
 * </ol>
 */
package org.tlsward.classes;
