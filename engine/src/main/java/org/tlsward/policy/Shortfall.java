/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * One condition of a requirement that the facts do not meet.
 *
 * @param reason the stable word
 * @param seen what was seen instead, for people
 */
record Shortfall(Reason reason, String seen) {}
