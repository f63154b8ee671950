/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What DNS says about the hosts of a domain. {@link org.tlsward.dns.HostLookup} is what delivery asks; every
 * {@link org.tlsward.dns.DnsAnswer} is found, absent or failed, and says whether DNSSEC secures it. A failure is never absence.
 * {@link org.tlsward.dns.StubHostLookup} asks recursive servers over UDP, and over TCP where an answer was cut; it trusts nothing to
 * be secure.
 */
package org.tlsward.dns;
