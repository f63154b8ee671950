/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import org.tlsward.james.OutgoingMail;

/** Parts of addresses of envelopes. */
final class Addresses {
    private Addresses() {}

    /** The domain, as destinations are compared. */
    static String domain(String address) {
        return OutgoingMail.canonical(address.substring(address.lastIndexOf('@') + 1));
    }
}
