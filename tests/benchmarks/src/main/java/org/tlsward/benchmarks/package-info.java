/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How long it takes and how much heap it costs to know who belongs to a class.
 *
 * <ol>
 *   <li>{@link org.tlsward.benchmarks.ClassLookUp}: one look-up, of a member and of a stranger.
 *   <li>{@link org.tlsward.benchmarks.MemberFileLoad}: reading a file of a million addresses.
 *   <li>{@link org.tlsward.benchmarks.HeapPerMember}: what a member costs.
 * </ol>
 */
package org.tlsward.benchmarks;
