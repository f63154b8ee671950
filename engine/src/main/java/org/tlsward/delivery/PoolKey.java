/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import org.tlsward.policy.Demand;
import org.tlsward.policy.Requirement;
import org.tlsward.smtp.ServerName;

/**
 * What two mails must have in common to use the same connection (RULES: caches, pools and batches).
 *
 * @param destination with credentials and client certificate
 * @param server the host and its address
 * @param group of the demand
 * @param required of our side and the destination together
 * @param published what the destination has published: a peer that passed under other records has to show its certificate again
 */
record PoolKey(
        Destination destination,
        ServerName server,
        Demand.Group group,
        Requirement required,
        HostPublication.Key published) {}
