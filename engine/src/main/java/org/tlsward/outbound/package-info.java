/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Puts the outbound side together for a configuration: {@link org.tlsward.outbound.DestinationFacts} is what is asked about destinations
 * (DNS, MTA-STS) and keeps what it has learned while the configuration changes; {@link org.tlsward.outbound.OutboundDelivery} is the
 * delivery on top of it. The server and {@code tlsward check} both come through here, so that the one tells what the other does.
 */
package org.tlsward.outbound;
