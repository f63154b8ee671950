/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.policy;

/**
 * Everything that is known about one recipient and one host: what {@link PolicyEngine#decide} judges. Made once before connecting,
 * and again {@linkplain #with with the session} when there is one.
 *
 * @param demand what our side demands
 * @param candidate the host
 * @param tlsa its TLSA records
 * @param mtaSts what the policy of the destination says about it
 * @param tls how far TLS has come
 */
public record Facts(Demand demand, Candidate candidate, TlsaRecords tlsa, MtaSts mtaSts, TlsAttempt tls) {

    /**
     * True if DNS cannot have been forged on the way to the host: its name comes by DNSSEC or from our configuration, or an enforced
     * MTA-STS policy confirms it (RFC 8689 §4.2.1). Without that TLSA records prove who the host is, but not that it is the right one
     * (RFC 7672 §2.2.1).
     */
    public boolean hostIsTrusted() {
        return candidate.origin() != Candidate.Origin.INSECURE_DNS || mtaSts == MtaSts.ENFORCE;
    }

    /**
     * True if a matching TLSA record is what a rule of ours means that demands DANE. RFC 7672 §2.2.1: over an insecure MX answer such
     * mail waits; an MTA-STS policy that confirms the host makes a match a proof, but it does not make the answer secure.
     */
    public boolean daneMayBeRequired() {
        return tlsa == TlsaRecords.USABLE && candidate.origin() != Candidate.Origin.INSECURE_DNS;
    }

    /** True if a matching TLSA record would prove that the peer is the right one. */
    public boolean daneMayProve() {
        return tlsa == TlsaRecords.USABLE && hostIsTrusted();
    }

    /** The same, with what the connection has brought. */
    public Facts with(TlsAttempt attempt) {
        return new Facts(demand, candidate, tlsa, mtaSts, attempt);
    }

    /** The same host for another demand, for recipients that share a connection. */
    public Facts forDemand(Demand other) {
        return new Facts(other, candidate, tlsa, mtaSts, tls);
    }
}
