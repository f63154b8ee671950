/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.List;
import java.util.Locale;

/**
 * A policy that a session was judged by, as reports show it (RFC 8460 §4.4).
 *
 * @param type {@code sts}, {@code tlsa} or {@code no-policy-found}; in reports of others it may be anything
 * @param domain that published it: for {@code tlsa} the TLSA base domain (RFC 8460 §1.1), else the domain of the recipient
 * @param strings the lines of the policy of MTA-STS, or the TLSA records
 * @param mxHosts the MX patterns of the policy of MTA-STS
 */
public record PolicyInForce(String type, String domain, List<String> strings, List<String> mxHosts) {
    private static final String STS = "sts";
    private static final String TLSA = "tlsa";
    private static final String NONE = "no-policy-found";
    private static final String OTHER = "more policies of this day, counted together";

    /** Cuts what is too long. */
    public PolicyInForce {
        type = ReportText.clean(type, 64);
        domain = ReportText.clean(domain, 255).toLowerCase(Locale.ROOT);
        strings = ReportText.clean(strings);
        mxHosts = ReportText.clean(mxHosts);
    }

    /** A policy of MTA-STS. */
    public static PolicyInForce sts(String domain, List<String> lines, List<String> mxPatterns) {
        return new PolicyInForce(STS, domain, lines, mxPatterns);
    }

    /** TLSA records, as in a zone file. */
    public static PolicyInForce tlsa(String baseDomain, List<String> records) {
        return new PolicyInForce(TLSA, baseDomain, records, List.of());
    }

    /** The destination publishes neither. */
    public static PolicyInForce none(String domain) {
        return new PolicyInForce(NONE, domain, List.of(), List.of());
    }

    /** Where there are more than anybody needs. */
    PolicyInForce other(String reportDomain) {
        return new PolicyInForce(type, reportDomain, List.of(OTHER), List.of());
    }

    int textLength() {
        return type.length() + domain.length() + ReportText.length(strings) + ReportText.length(mxHosts);
    }
}
