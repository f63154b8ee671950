/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

/**
 * An address in the form in which addresses are compared: no sub-address, no needless quotes, lower case, A-labels, no trailing dot.
 *
 * @param localPart unquoted, lower case, NFC
 * @param domain A-labels in lower case, or an address literal like {@code [192.0.2.1]}
 */
public record MailboxName(String localPart, String domain) {
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
