/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Instant;
import java.util.Optional;

/**
 * One policy that is in force, for pages and the command line.
 *
 * @param domain whose it is
 * @param policy as it was fetched
 * @param id of the record that it was fetched for
 * @param until when it ends unless it is renewed
 * @param setback what has kept it from being renewed since
 */
public record RememberedPolicy(String domain, StsPolicy policy, String id, Instant until, Optional<Setback> setback) {}
