/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.tlsrpt;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One session with a host of a domain, or the failed attempt to have one. Not a mail: a connection that is used again is not observed
 * again.
 *
 * @param domain whose report it belongs to: the domain of the recipients, or the smart host (RFC 8460 §1.1)
 * @param verdicts one for each policy that applies, DANE and MTA-STS side by side; never empty
 */
public record ObservedSession(String domain, List<Verdict> verdicts) {

    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");

    /**
     * A session by the measure of one policy.
     *
     * @param policy that applies
     * @param failure what is wrong by it; empty for a success
     */
    public record Verdict(PolicyInForce policy, Optional<FailureDetail> failure) {}

    /** Copies its arguments. */
    public ObservedSession {
        domain = domain.toLowerCase(Locale.ROOT);
        verdicts = List.copyOf(verdicts);
        if (verdicts.isEmpty()) {
            throw new IllegalArgumentException("no verdict about " + domain + " (expected: at least no-policy-found)");
        }
    }

    /** False for address literals and whatever else has no records in DNS: nobody could be told of it. */
    boolean isReportable() {
        return NAME.matcher(domain).matches();
    }
}
