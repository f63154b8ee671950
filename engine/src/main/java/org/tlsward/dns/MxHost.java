/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

/**
 * One MX record.
 *
 * @param preference lower is tried first
 * @param name in lower case without the trailing dot; empty for the root, which says that no mail is accepted (RFC 7505)
 */
public record MxHost(int preference, String name) {

    /** True if the domain accepts no mail, provided that this is its only record. */
    public boolean isNull() {
        return name.isEmpty();
    }
}
