/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tlsward.config.DnsSettings.InsecureMx;
import org.tlsward.dane.DaneVerifier;
import org.tlsward.dane.TlsaSet;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.TlsaRecords;

/**
 * Finds the TLSA records of a host (RFC 7672 §2.2). Without secure addresses nobody is asked for them: servers that break on such a question
 * are common where there is no DNSSEC (§2.2.2).
 */
final class TlsaLookup {
    private final HostLookup lookup;
    private final InsecureMx insecureMx;
    private final Clock clock;

    TlsaLookup(HostLookup lookup, InsecureMx insecureMx, Clock clock) {
        this.lookup = lookup;
        this.insecureMx = insecureMx;
        this.clock = clock;
    }

    DaneFacts of(HostQuestion question) {
        Candidate candidate = question.candidate();
        if (candidate.origin() == Origin.INSECURE_DNS && insecureMx == InsecureMx.MAY) {
            return DaneFacts.none("DNSSEC does not secure the MX records of " + candidate.nextHop());
        }
        if (question.addresses() == Security.SECURE) {
            // RFC 7672 §2.2.3: the end of the aliases first, then the host as the MX record names it.
            Set<String> bases =
                    new LinkedHashSet<>(question.canonical().stream().toList());
            bases.add(candidate.host());
            return at(List.copyOf(bases), question);
        }
        return question.canonical().isPresent() ? atAlias(question) : insecure(candidate.host());
    }

    /** RFC 7672 §2.2.2: the host is an alias of something insecure; if the alias is secure, the records at its own name count. */
    private DaneFacts atAlias(HostQuestion question) {
        String host = question.candidate().host();
        DnsAnswer<String> alias = lookup.alias(host);
        if (alias instanceof Failed<String> failed) {
            return DaneFacts.failed(failed.trouble(), failed.why());
        }
        return alias instanceof Found<String> found && found.security() == Security.SECURE
                ? at(List.of(host), question)
                : insecure(host);
    }

    private static DaneFacts insecure(String host) {
        return DaneFacts.none("DNSSEC does not secure the addresses of " + host);
    }

    /** The first of these names that has secure records is the TLSA base domain. */
    private DaneFacts at(List<String> bases, HostQuestion question) {
        for (String base : bases) {
            DnsAnswer<TlsaRecord> answer = lookup.tlsa(base, question.port());
            if (answer instanceof Failed<TlsaRecord> failed) {
                return DaneFacts.failed(failed.trouble(), failed.why()); // RFC 7672 §2.1.2: an error is not absence
            }
            if (answer instanceof Found<TlsaRecord> found && found.security() == Security.SECURE) {
                return found(base, found.records(), question);
            }
        }
        return DaneFacts.none("no secure TLSA records of " + String.join(" or ", bases));
    }

    private DaneFacts found(String base, List<TlsaRecord> records, HostQuestion question) {
        TlsaSet set = TlsaSet.of(records);
        boolean onlyTls = question.candidate().origin() == Origin.INSECURE_DNS && insecureMx == InsecureMx.ENCRYPT;
        Set<String> names = referenceNames(base, question);
        return new DaneFacts(
                onlyTls ? TlsaRecords.UNUSABLE : set.state(),
                Optional.of(base),
                records,
                Optional.empty(),
                "",
                peer -> DaneVerifier.verify(set, peer.chain(), names, clock.instant()));
    }

    /**
     * Names of which a certificate that DANE-TA vouches for must carry one (RFC 7672 §3.2.2). The next-hop domain and what it is an alias
     * of only if they lead here by secure answers.
     */
    private static Set<String> referenceNames(String base, HostQuestion question) {
        Candidate candidate = question.candidate();
        Set<String> names = new LinkedHashSet<>(List.of(base));
        if (candidate.origin() != Origin.INSECURE_DNS) {
            names.add(candidate.nextHop());
            question.nextHopAlias().ifPresent(names::add);
        }
        return names;
    }
}
