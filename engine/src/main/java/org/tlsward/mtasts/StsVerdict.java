/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mtasts;

import org.tlsward.policy.MtaSts;

/** What a policy says about one host: the link from here to the {@linkplain org.tlsward.policy.Facts facts} of a decision. */
public final class StsVerdict {
    private StsVerdict() {}

    /**
     * The verdict about a mail host. Pure; never throws.
     *
     * @param answer about the next-hop domain
     * @param host as its MX record names it
     */
    public static MtaSts about(StsAnswer answer, String host) {
        if (answer instanceof StsAnswer.Known known) {
            return about(known.policy(), host);
        }
        if (answer instanceof StsAnswer.None) {
            return MtaSts.NONE;
        }
        return answer instanceof StsAnswer.NotFetched ? MtaSts.NOT_FETCHED : MtaSts.LOOKUP_FAILED;
    }

    private static MtaSts about(StsPolicy policy, String host) {
        boolean match = policy.mx().stream().anyMatch(pattern -> MxPattern.matches(pattern, host));
        return switch (policy.mode()) {
            case ENFORCE -> match ? MtaSts.ENFORCE : MtaSts.ENFORCE_MX_MISMATCH;
            case TESTING -> match ? MtaSts.TESTING : MtaSts.TESTING_MX_MISMATCH;
            case NONE -> MtaSts.NONE; // RFC 8461 §5: as if the domain had published nothing
        };
    }
}
