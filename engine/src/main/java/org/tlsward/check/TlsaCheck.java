/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.dane.DaneVerdict;
import org.tlsward.dane.DaneVerifier;
import org.tlsward.dane.RollOver;
import org.tlsward.dane.TlsaSet;
import org.tlsward.dane.TlsaSet.Examined;
import org.tlsward.dane.TlsaSet.Standing;
import org.tlsward.delivery.DaneFacts;
import org.tlsward.delivery.HostQuestion;
import org.tlsward.delivery.PublishedPolicies;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.MxHost;
import org.tlsward.dns.TlsaRecord;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.TlsaRecords;

/** The TLSA records of a host of ours: found as a delivery finds them, and compared with the certificates in use and to come. */
final class TlsaCheck {
    private final CheckContext context;
    private final OwnHost host;
    private final DaneFacts facts;
    private final List<TlsaRecord> records;
    private final Set<String> names;

    private TlsaCheck(
            CheckContext context, OwnHost host, DaneFacts facts, List<TlsaRecord> records, Set<String> names) {
        this.context = context;
        this.host = host;
        this.facts = facts;
        this.records = records;
        this.names = names;
    }

    /**
     * Looks them up.
     *
     * @param mx the answer that named the host
     */
    static TlsaCheck of(CheckContext context, String domain, DnsAnswer<MxHost> mx, OwnHost host) {
        boolean secure = mx instanceof Found<MxHost> found
                ? found.security() == Security.SECURE
                : mx instanceof DnsAnswer.Absent<MxHost> absent && absent.security() == Security.SECURE;
        DaneFacts facts = facts(context, domain, secure ? Origin.SECURE_DNS : Origin.INSECURE_DNS, host);
        List<TlsaRecord> records = facts.records();
        if (facts.state() == TlsaRecords.NONE
                && context.outbound().lookup().tlsa(host.name(), context.port()) instanceof Found<TlsaRecord> found) {
            records = found.records(); // nobody looks at them, but whoever published them wants to know
        }
        Set<String> names = new LinkedHashSet<>(List.of(facts.base().orElse(host.name()), domain));
        return new TlsaCheck(context, host, facts, records, names);
    }

    /** RFC 7672 §2.2.3: of a host that is a secure alias, the records at the end of the aliases count first. */
    private static DaneFacts facts(CheckContext context, String domain, Origin origin, OwnHost host) {
        DnsAnswer<InetAddress> addresses = context.outbound().lookup().addresses(host.name());
        Security security = Security.INSECURE;
        Optional<String> canonical = Optional.empty();
        if (addresses instanceof Found<InetAddress> found) {
            security = found.security();
            canonical = found.canonical();
        }
        PublishedPolicies published = new PublishedPolicies(
                context.outbound().lookup(),
                nobody -> new StsAnswer.None(),
                context.configuration().dns().insecureMx(),
                context.clock());
        return published
                .about(new HostQuestion(
                        new Candidate(host.name(), domain, origin),
                        Optional.empty(),
                        security,
                        canonical,
                        context.port(),
                        true))
                .dane();
    }

    private String owner() {
        return facts.base().filter(base -> !base.equals(host.name())).isPresent()
                ? host.name() + " (records of " + facts.base().get() + ")"
                : host.name();
    }

    /** What is published, and whether it fits the certificate in use. */
    void published(SectionBuilder section) {
        if (facts.state() == TlsaRecords.LOOKUP_FAILED) {
            section.row(
                    Mark.FAIL,
                    "TLSA",
                    host.name() + ": " + facts.detail(),
                    "mend this zone: senders with DANE do not deliver until then");
        } else if (records.isEmpty()) {
            section.row(Mark.WARNING, "TLSA", host.name() + ": none", "publish the records above, in a signed zone");
        } else if (host.withoutTls()) {
            // RFC 7672 §2.2: no records for a server without TLS; §9.2: nor for one that has it for some clients only.
            section.row(
                    Mark.FAIL,
                    "TLSA",
                    owner() + ": published, but the host has no TLS: no sender with DANE delivers here",
                    "switch on STARTTLS, for everybody, or take the records away");
        } else if (host.chain().isEmpty()) {
            section.row(Mark.UNKNOWN, "TLSA", owner() + ": no certificate to compare with");
        } else {
            matched(section, verdict(records));
            others(section);
        }
    }

    private DaneVerdict verdict(List<TlsaRecord> some) {
        return DaneVerifier.verify(
                TlsaSet.of(some), host.chain(), names, context.clock().instant());
    }

    private void matched(SectionBuilder section, DaneVerdict verdict) {
        if (!verdict.matches()) {
            section.row(
                    Mark.FAIL,
                    "TLSA",
                    owner() + ": " + verdict.detail(),
                    "publish the record of the certificate in use now; nobody with DANE delivers until then");
        } else if (facts.state() == TlsaRecords.NONE) {
            section.row(
                    Mark.WARNING,
                    "TLSA",
                    owner() + ": " + verdict.detail() + ", but nobody looks at it: " + facts.detail(),
                    "sign the zone (DNSSEC)");
        } else {
            section.row(Mark.OK, "TLSA", owner() + ": " + verdict.detail());
        }
    }

    /** What stands beside the record that matches. */
    private void others(SectionBuilder section) {
        List<Examined> examined = TlsaSet.of(records).examined();
        for (Examined each : examined) {
            TlsaRecord record = each.record();
            if (each.standing() == Standing.UNUSABLE) {
                // RFC 7672 §3.1.3
                section.row(Mark.WARNING, "TLSA", combination(record) + ": " + each.why(), "take this record away");
            } else if (record.matching() == 0) {
                section.row(
                        Mark.WARNING,
                        "TLSA",
                        combination(record) + ": the data itself, which makes long answers (RFC 7671 §10.1.2)",
                        "publish its SHA-256 instead");
            }
        }
        // RFC 7671 §8.4 by RFC 7672 §9.2: a client may know only some of the combinations.
        Set<String> fit = combinations(examined, true);
        Set<String> rest = combinations(examined, false);
        rest.removeAll(fit);
        if (!fit.isEmpty()) {
            rest.forEach(combination -> section.row(
                    Mark.WARNING,
                    "TLSA",
                    owner() + ": no record " + combination + " matches the certificate in use",
                    "publish the one that does, or take away all " + combination));
        }
    }

    private Set<String> combinations(List<Examined> examined, boolean matching) {
        return examined.stream()
                .filter(each -> each.standing() != Standing.UNUSABLE)
                .map(Examined::record)
                .filter(record -> verdict(List.of(record)).matches() == matching)
                .map(TlsaCheck::combination)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String combination(TlsaRecord record) {
        return record.usage() + " " + record.selector() + " " + record.matching();
    }

    /** RFC 7671 §8.1: the new one has to match before it is shown to anybody. */
    void change(SectionBuilder section, List<X509Certificate> chain) {
        boolean named = OwnHost.carriesItsName(chain, host.name())
                && context.outbound().judge().judge(chain).isValid();
        section.row(
                named ? Mark.OK : Mark.WARNING,
                "certificate",
                host.name() + ": " + (named ? "of a CA that we trust, with its name" : "not good enough for MTA-STS"));
        if (records.isEmpty()) {
            boolean unknown = facts.state() == TlsaRecords.LOOKUP_FAILED;
            section.row(
                    unknown ? Mark.UNKNOWN : Mark.NOT_APPLICABLE,
                    "TLSA",
                    host.name() + ": no records that it would have to match");
            return;
        }
        RollOver change = RollOver.judge(
                TlsaSet.of(records), host.chain(), chain, names, context.clock().instant());
        if (change.isSafe()) {
            section.row(
                    Mark.OK, "TLSA", owner() + ": " + change.next().detail() + "; it can replace the one in use now");
            return;
        }
        section.row(
                Mark.FAIL,
                "TLSA",
                owner() + ": " + change.next().detail(),
                "publish these beside the old records, wait twice their TTL, and change the certificate then");
        section.add(new Report.Block(
                "to publish first",
                change.missing().stream()
                        .map(record -> "_" + context.port() + "._tcp."
                                + facts.base().orElse(host.name()) + ". IN TLSA " + record)
                        .toList()));
    }
}
