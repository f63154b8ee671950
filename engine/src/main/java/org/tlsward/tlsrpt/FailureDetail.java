/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.Optional;

/**
 * One way in which sessions failed; those that are equal are counted together (RFC 8460 §4.4).
 *
 * @param resultType a word of {@link ResultType}; in reports of others it may be anything
 * @param sendingIp of the sender
 * @param mxHost the name of the receiving host
 * @param mxHelo how that host called itself
 * @param receivingIp of that host
 * @param additionalInformation a URI with more
 * @param reasonCode what broke, in words of the TLS library or ours
 */
public record FailureDetail(
        String resultType,
        Optional<String> sendingIp,
        Optional<String> mxHost,
        Optional<String> mxHelo,
        Optional<String> receivingIp,
        Optional<String> additionalInformation,
        Optional<String> reasonCode) {
    private static final int LONGEST = 512;
    private static final String OTHER = "more hosts and causes of this day, counted together";

    /** Cuts what is too long. */
    public FailureDetail {
        resultType = ReportText.clean(resultType, 64);
        sendingIp = clean(sendingIp);
        mxHost = clean(mxHost);
        mxHelo = clean(mxHelo);
        receivingIp = clean(receivingIp);
        additionalInformation = clean(additionalInformation);
        reasonCode = clean(reasonCode);
    }

    /**
     * What went wrong on the way from one address to another.
     *
     * @param way the addresses
     * @param reason what broke, in words
     */
    public static FailureDetail of(ResultType type, Way way, String reason) {
        return new FailureDetail(
                type.word(),
                way.sendingIp(),
                way.mxHost(),
                Optional.empty(),
                way.receivingIp(),
                Optional.empty(),
                Optional.of(reason).filter(text -> !text.isBlank()));
    }

    /**
     * From where to where.
     *
     * @param sendingIp ours
     * @param mxHost the name of the host
     * @param receivingIp its address
     */
    public record Way(Optional<String> sendingIp, Optional<String> mxHost, Optional<String> receivingIp) {}

    FailureDetail other() {
        return new FailureDetail(
                resultType,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OTHER));
    }

    int textLength() {
        return resultType.length()
                + length(sendingIp)
                + length(mxHost)
                + length(mxHelo)
                + length(receivingIp)
                + length(additionalInformation)
                + length(reasonCode);
    }

    private static int length(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }

    private static Optional<String> clean(Optional<String> text) {
        return text.map(some -> ReportText.clean(some, LONGEST));
    }
}
