/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is asked by people: what a domain has, what it should publish, what would become of a mail, how a mail came. The command line and
 * the page show the same answers.
 *
 * <ol>
 *   <li>A check ({@code DomainCheck}, {@code OwnCheck}, {@code CleartextCheck}, {@code HopReport}) looks at something with a
 *       {@code CheckContext}: on the way of a delivery, up to the point where a mail would be sent.
 *   <li>It makes a {@code Report}: sections of rows, each with a mark, what was seen and what to do; and blocks of lines to copy.
 *   <li>{@code Explain} tells of one recipient: classes, rules, what would happen, and the text of the notice to the sender.
 * </ol>
 */
package org.tlsward.check;
