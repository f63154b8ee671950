/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What DNS says about the hosts of a domain. {@link org.tlsward.dns.HostLookup} is what delivery asks; every
 * {@link org.tlsward.dns.DnsAnswer} is found, absent or failed, and says whether DNSSEC secures it. A failure is never absence.
 *
 * <p>The way of a question through {@link org.tlsward.dns.DnssecResolver}:
 *
 * <ol>
 *   <li>{@code AnswerCache} knows the answer, or waits with others for it, or asks on;
 *   <li>{@code AliasChain} follows CNAME and DNAME link by link, within a {@code Budget} of time and queries; each link comes from
 *   <li>{@code ValidatedLinks}, which validates up to a trust anchor after {@code LinkCut} has taken out what could mislead the
 *       validator, or {@code TrustedLinks}, which believes the AD bit of a resolver on this host;
 *   <li>{@code Upstream} asks the recursive servers over UDP, and over TCP where an answer was cut.
 * </ol>
 *
 * <p>{@link org.tlsward.dns.ResolverSelfTest} finds out whether the resolvers let DNSSEC through, before mail does.
 */
package org.tlsward.dns;
