/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import java.time.Instant;

/** What is known about the MTA-STS policy of a domain (RFC 8461 §3). */
public sealed interface StsAnswer {

    /**
     * A policy is in force.
     *
     * @param policy as it was fetched
     * @param id of the record that it was fetched for
     * @param until when it ends unless it is refreshed before
     */
    record Known(StsPolicy policy, String id, Instant until) implements StsAnswer {}

    /** The domain has none: a proven or plain absence of the TXT record, and nothing is remembered. */
    record None() implements StsAnswer {}

    /**
     * There is a record, no policy could be fetched, and none is remembered (RFC 8461 §3.3: go on as if there were none).
     *
     * @param failure a result type of RFC 8460 §4.3, for example {@code sts-policy-fetch-error}
     * @param why for people
     */
    record NotFetched(String failure, String why) implements StsAnswer {}

    /**
     * The record could not be asked for, and no policy is remembered: nobody knows.
     *
     * @param why for people
     */
    record LookupFailed(String why) implements StsAnswer {}
}
