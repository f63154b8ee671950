/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

/**
 * Who we are in our reports.
 *
 * @param organization as people call us
 * @param contact an address of mail: the {@code From} of our reports
 */
public record Reporter(String organization, String contact) {

    /** The domain that reports, the right side of the contact (RFC 8460 §5.1 and §5.3: the submitter). */
    public String domain() {
        return contact.substring(contact.lastIndexOf('@') + 1);
    }
}
