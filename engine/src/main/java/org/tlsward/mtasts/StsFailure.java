/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

/** Why there is no policy although there is a record: the words of reports (RFC 8460 §4.3.2.2). */
public enum StsFailure {
    /** The policy host cannot be reached, or what it answers is no policy file. */
    FETCH("sts-policy-fetch-error"),
    /** The policy host does not prove by its certificate who it is. */
    WEBPKI("sts-webpki-invalid"),
    /** The file is there and is no policy. */
    INVALID("sts-policy-invalid");

    private final String word;

    StsFailure(String word) {
        this.word = word;
    }

    /** The result type of RFC 8460 §4.3. */
    public String word() {
        return word;
    }
}
