/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import org.tlsward.policy.Demand;
import org.tlsward.smtp.EnvelopeRecipient;

/**
 * A recipient and what its delivery must have.
 *
 * @param recipient with its DSN parameters
 * @param demand of our side
 */
public record Consignee(EnvelopeRecipient recipient, Demand demand) {}
