/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this machine calls itself. */
public final class HostName {
    private HostName() {}

    /** The name of this machine, or an address literal (RFC 5321 §4.1.3) if it has none. */
    public static String ofThisMachine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "[127.0.0.1]";
        }
    }
}
