/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Who is medical: which classes an address belongs to.
 *
 * <ol>
 *   <li>{@link org.tlsward.classes.MailboxName} is an address in the form in which addresses are compared.
 *   <li>A {@link org.tlsward.classes.MemberSpec} says where members come from: the configuration, a file, an LDAP group.
 *   <li>{@link org.tlsward.classes.ClassDirectory} reads them, watches files and asks the directory in the background, and answers as
 *       {@link org.tlsward.classes.RecipientClasses}: a {@link org.tlsward.classes.Membership}, known or unknown. A source that cannot
 *       answer never turns a member into a stranger.
 * </ol>
 *
 * <p><b>What an operator has to mend stops the start</b> ({@link org.tlsward.classes.MemberSourceException}): a value or a line that
 * is not understood, a file that is missing or unreadable, a file that lost more than half of its entries since it was read last. While
 * the server runs the same things only turn its health to degraded, and what was read before stays in force.
 *
 * <p><b>A list that becomes much shorter has to be confirmed</b>, because an accident looks the same: a copy that broke off, an export
 * without rights, an overlay that was switched off. {@code sha256sum FILE > FILE.confirm} confirms one content of a file. The number of
 * entries is remembered over a restart, in the state directory. A file that was empty when it was first seen is taken, and reported until it
 * is confirmed. For a group the file to confirm is {@code ldap-....pending} in the state directory: the addresses that were read, for an
 * operator to look at.
 *
 * <p><b>A directory that does not answer stops nothing</b>, because after a power cut it may come up later than the mail server. What was
 * read last holds, also over a restart; if nothing was ever read, everybody may be a member and the health is unhealthy. That is so too
 * for a group that does not exist, that holds no address when it is first read (a user without the right to read members gets the same
 * answer), that names its members in a way that is not read here ({@code memberUid}, {@code memberURL}), or that is nested deeper than 16
 * levels. While something is missing the directory is asked every ten seconds.
 *
 * <p><b>An address that cannot be read</b> is nobody's and may be anybody's: {@link org.tlsward.classes.Membership.Unknown}.
 */
package org.tlsward.classes;
