/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.proof;

import java.util.List;
import java.util.Locale;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;

/** What showed that the server at the other end was the right one, in the order of what counts most. */
public enum PeerProof {
    /** Its certificate matches what the domain publishes, secured by DNSSEC (RFC 7672). */
    DANE,
    /** The policy of the domain names the host, and its certificate is valid for it (RFC 8461). */
    MTA_STS,
    /** A rule of ours names the certificate, or whom it must be for, and the delivery met it. */
    OWN_RULE,
    /** The certificate is valid and carries the name of the host, but the host may be the wrong one. */
    NAME,
    /** Somebody trustworthy has signed the certificate, for whatever name. */
    CHAIN,
    /** Any certificate was taken. */
    NONE,
    /** There was no TLS. */
    CLEARTEXT;

    /** What a line tells of it. */
    public static PeerProof of(EvidenceRecord record) {
        if (record.tls().isEmpty()) {
            return CLEARTEXT;
        }
        List<String> verdicts = record.result().verdicts();
        if (verdicts.contains("dane")) {
            return DANE;
        }
        if (verdicts.contains("mta-sts")) {
            return MTA_STS;
        }
        if (record.result().outcome() == RecordedOutcome.DELIVERED && isProvenByRule(record)) {
            return OWN_RULE;
        }
        if (!verdicts.contains("chain-valid")) {
            return NONE;
        }
        return verdicts.contains("mx-name") ? NAME : CHAIN;
    }

    /** What was required was met, or it would not have been delivered. */
    private static boolean isProvenByRule(EvidenceRecord record) {
        Requirement required = RequirementText.parse(record.judgement().required());
        return !required.isUnsatisfiable()
                && (required.nextHopName()
                        || required.names().isPresent()
                        || required.pins().isPresent());
    }

    /** True if an attacker who answers our DNS queries could not have been the other end. */
    public boolean isAuthenticated() {
        return this == DANE || this == MTA_STS || this == OWN_RULE;
    }

    /** The word, for example {@code mta-sts}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
