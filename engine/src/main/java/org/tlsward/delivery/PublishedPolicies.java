/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.tlsward.config.DnsSettings.InsecureMx;
import org.tlsward.dns.HostLookup;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicies;
import org.tlsward.mtasts.StsVerdict;

/** Looks up what destinations publish. */
public final class PublishedPolicies implements Publications {
    private final TlsaLookup tlsa;
    private final StsPolicies policies;

    /**
     * Asks these.
     *
     * @param lookup for TLSA records
     * @param policies of MTA-STS
     * @param insecureMx what the records of a host mean that an insecure MX record names
     * @param clock for the dates of certificates
     */
    public PublishedPolicies(HostLookup lookup, StsPolicies policies, InsecureMx insecureMx, Clock clock) {
        this(new TlsaLookup(lookup, insecureMx, clock), policies);
    }

    private PublishedPolicies(TlsaLookup tlsa, StsPolicies policies) {
        this.tlsa = tlsa;
        this.policies = policies;
    }

    @Override
    public HostPublication about(HostQuestion question) {
        if (!question.named()) {
            return HostPublication.NONE; // nothing can be published about an address in digits
        }
        return new HostPublication(tlsa.of(question), mtaSts(question));
    }

    private StsFacts mtaSts(HostQuestion question) {
        String domain = question.candidate().nextHop();
        StsAnswer answer = policies.latest(domain);
        return new StsFacts(
                domain, answer, StsVerdict.about(answer, question.candidate().host()));
    }

    /** All hosts of a delivery are judged by one policy, even if another one comes while it is under way. */
    @Override
    public Publications forOneDelivery() {
        Map<String, StsAnswer> known = new HashMap<>();
        return new PublishedPolicies(tlsa, domain -> known.computeIfAbsent(domain, policies::latest));
    }
}
