/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this machine calls itself. */
final class HostName {
    private HostName() {}

    /** The name of this machine, or an address literal (RFC 5321 §4.1.3) if it has none. */
    static String ofThisMachine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "[127.0.0.1]";
        }
    }
}
