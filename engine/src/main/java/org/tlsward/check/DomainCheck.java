/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.classes.MailboxName;
import org.tlsward.delivery.Destination;
import org.tlsward.delivery.HostAttempt;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.MxHost;
import org.tlsward.explain.Language;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.Demand;
import org.tlsward.tlsrpt.ReportUri;
import org.tlsward.tlsrpt.TlsRptRecord;

/** {@code tlsward check DOMAIN}: what a domain has, and what we would do with mail for it. */
public final class DomainCheck {
    private final CheckContext context;
    private final String domain;
    private final Optional<MailboxName> sender;

    /** About a domain, for a mail of that sender. */
    public DomainCheck(CheckContext context, String domain, Optional<MailboxName> sender) {
        this.context = context;
        this.domain = domain;
        this.sender = sender;
    }

    /**
     * Asks for a mail of each of these classes.
     *
     * @throws IOException if what the configuration names cannot be used
     */
    public Report report(Collection<ClassRule> classes) throws IOException {
        Destination destination = context.destination(domain);
        List<Section> sections = new ArrayList<>();
        sections.add(domainSection(destination));
        context.progress("connecting to the hosts of " + domain);
        List<HostAttempt> attempts = context.outbound()
                .delivery()
                .probe(destination, Demand.builder().build());
        attempts.stream()
                .map(attempt -> HostSection.of(attempt, context))
                .flatMap(Optional::stream)
                .forEach(sections::add);
        SectionBuilder prospects = new SectionBuilder("What we would do with a mail now");
        ExitCode exit = ExitCode.CLEAN;
        for (ClassRule rule : classes) {
            exit = exit.and(prospect(destination, rule, prospects));
        }
        sections.add(prospects.build());
        String title = domain + ": what we see, and what we would do";
        return new Report(title, context.withTranscript(sections), exit);
    }

    /**
     * The same of a domain of ours, with the records to paste: what it should publish, and what it does.
     *
     * @throws IOException if what the configuration names cannot be used
     */
    public Report reportOfOurs(Collection<ClassRule> classes) throws IOException {
        Report seen = report(classes);
        List<Section> published = new OwnCheck(context, domain, Optional.empty(), Optional.empty()).records();
        List<Section> all = new ArrayList<>(seen.sections());
        all.addAll(published);
        return new Report(seen.title(), all, seen.exit().and(OwnCheck.exit(published)));
    }

    private ExitCode prospect(Destination destination, ClassRule rule, SectionBuilder section) {
        context.progress("what would become of a " + rule.name() + " mail?");
        Demand demand = new Demands(context, sender).of(rule, domain);
        Prospect prospect =
                Prospect.of(domain, demand, context.outbound().delivery().probe(destination, demand));
        section.add(new Report.Row(prospect.mark(), rule.name(), prospect.sentence(), prospect.advice(Language.EN)));
        demand.lowerings()
                .forEach(lowering -> section.row(
                        Mark.WARNING,
                        rule.name(),
                        "lowered by " + lowering.kind().word() + " " + lowering.name() + " (" + lowering.reason()
                                + ")"));
        prospect.observations().forEach(observation -> section.row(Mark.WARNING, rule.name(), observation));
        return prospect.exit();
    }

    private Section domainSection(Destination destination) {
        SectionBuilder section = new SectionBuilder("Domain");
        if (destination.via().isPresent()) {
            section.row(Mark.INFO, "next hop", destination.via().get() + ", by our configuration: no MX is looked up");
        } else {
            mx(section);
        }
        policy(section, destination.via().map(hop -> hop.host()).orElse(domain));
        reports(section);
        return section.build();
    }

    private void mx(SectionBuilder section) {
        DnsAnswer<MxHost> answer = context.outbound().lookup().mx(domain);
        if (answer instanceof Found<MxHost> found) {
            section.row(
                    Mark.OK,
                    "MX",
                    found.records().stream()
                            .sorted(java.util.Comparator.comparingInt(MxHost::preference)
                                    .thenComparing(MxHost::name))
                            .map(mx -> mx.preference() + " " + (mx.isNull() ? "." : mx.name()))
                            .collect(Collectors.joining(", ")));
            dnssec(section, found.security());
        } else if (answer instanceof Absent<MxHost> absent) {
            section.row(
                    absent.nameExists() ? Mark.WARNING : Mark.FAIL,
                    "MX",
                    absent.nameExists() ? "none: the domain is its own host" : "the domain does not exist");
            dnssec(section, absent.security());
        } else {
            Failed<MxHost> failed = (Failed<MxHost>) answer;
            boolean bogus = failed.trouble() == Trouble.BOGUS;
            section.row(
                    bogus ? Mark.FAIL : Mark.UNKNOWN,
                    bogus ? "DNSSEC" : "MX",
                    failed.why(),
                    bogus
                            ? "somebody changes the answers, or the zone is broken; no mail goes there until then"
                            : "try again; --dns asks another resolver");
        }
    }

    private static void dnssec(SectionBuilder section, Security security) {
        if (security == Security.SECURE) {
            section.row(Mark.OK, "DNSSEC", "the MX records are signed, and validated");
        } else {
            section.row(
                    Mark.NOT_APPLICABLE,
                    "DNSSEC",
                    "the MX records are not signed: whoever answers our queries can choose the host");
        }
    }

    private void policy(SectionBuilder section, String policyDomain) {
        StsAnswer answer = context.outbound().stsPolicies().of(policyDomain);
        if (answer instanceof StsAnswer.Known known) {
            StsPolicy policy = known.policy();
            Mark mark = policy.mode() == StsPolicy.Mode.ENFORCE ? Mark.OK : Mark.WARNING;
            section.row(
                    mark,
                    "MTA-STS",
                    policy.mode().word() + ", mx " + String.join(" ", policy.mx()) + ", for "
                            + PolicyText.of(policy.maxAge()) + ", id " + known.id());
        } else if (answer instanceof StsAnswer.NotFetched notFetched) {
            section.row(
                    Mark.FAIL,
                    "MTA-STS",
                    notFetched.failure() + ": " + notFetched.why(),
                    "mend the policy host: until then there is no policy");
        } else if (answer instanceof StsAnswer.LookupFailed failed) {
            section.row(Mark.UNKNOWN, "MTA-STS", failed.why());
        } else {
            section.row(Mark.NOT_APPLICABLE, "MTA-STS", "no policy");
        }
    }

    private void reports(SectionBuilder section) {
        DnsAnswer<String> answer = context.outbound().lookup().txt(TlsRptRecord.ownerName(domain));
        if (answer instanceof Failed<String> failed) {
            section.row(Mark.UNKNOWN, "TLSRPT", failed.why());
            return;
        }
        Optional<TlsRptRecord> record =
                answer instanceof Found<String> found ? TlsRptRecord.parse(found.records()) : Optional.empty();
        if (record.isPresent()) {
            String uris = record.get().uris().stream().map(ReportUri::text).collect(Collectors.joining(", "));
            section.row(Mark.OK, "TLSRPT", "reports go to " + uris);
        } else if (answer instanceof Found) {
            section.row(
                    Mark.NOT_APPLICABLE,
                    "TLSRPT",
                    "the TXT records at " + TlsRptRecord.ownerName(domain) + " are none");
        } else {
            section.row(Mark.NOT_APPLICABLE, "TLSRPT", "nobody wants reports");
        }
    }
}
