/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.util.Optional;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.policy.Candidate;

/**
 * What was known of a host that was tried, or left alone: for evidence, TLS reports and {@code tlsward check}.
 *
 * @param candidate the host and who named it
 * @param published what its destination publishes about it
 * @param dane what its TLSA records say of the certificate; empty without usable records or without TLS
 */
public record HostFacts(Candidate candidate, HostPublication published, Optional<DaneVerdict> dane) {}
