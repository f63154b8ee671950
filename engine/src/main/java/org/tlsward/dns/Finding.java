/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.time.Duration;
import org.xbill.DNS.Record;

/**
 * What was found out, aliases followed.
 *
 * @param answer with records of the asked type only
 * @param ttl how long it may be kept
 */
record Finding(DnsAnswer<Record> answer, Duration ttl) {}
