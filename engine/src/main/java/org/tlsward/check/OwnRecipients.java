/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.List;

/** What only a running server knows of recipients. */
public interface OwnRecipients {

    /**
     * The addresses that mail for this one goes on to by aliases and forwards; none if it stays.
     *
     * @throws IOException if that cannot be found out
     */
    List<String> targetsOf(String recipient) throws IOException;

    /** True if mail for that domain is not sent on to other servers. */
    boolean isOurs(String domain);

    /** What our gate would say to strangers who bring mail for it; nothing if it is not ours. */
    List<GateForecast> gate(String recipient);
}
