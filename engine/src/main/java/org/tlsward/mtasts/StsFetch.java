/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

/** What came of the attempt to get a policy. */
public sealed interface StsFetch {

    /**
     * A policy.
     *
     * @param policy as its domain serves it now
     */
    record Fetched(StsPolicy policy) implements StsFetch {}

    /**
     * No policy.
     *
     * @param failure what kind of failure, for reports
     * @param why what happened, for people
     */
    record Failed(StsFailure failure, String why) implements StsFetch {}

    /**
     * Nobody was asked, and that is not the domain's fault: it says nothing about whether there is a policy, and is not remembered.
     *
     * @param why for people
     */
    record Postponed(String why) implements StsFetch {}
}
