/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.explain;

/**
 * Why a mail may not travel, twice: the same words in reply, bounce, log, page and command line.
 *
 * @param forPeople what was required and by which rule, what was seen, who can do what; without technical words
 * @param forAdmins what exactly is wrong and how it is mended
 */
public record Explanation(String forPeople, String forAdmins) {}
