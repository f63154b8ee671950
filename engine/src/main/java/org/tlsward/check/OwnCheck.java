/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.check.Report.Item;
import org.tlsward.check.Report.Row;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.classes.MailboxName;
import org.tlsward.config.TlsReportSettings;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.MxHost;

/** {@code tlsward check --own DOMAIN}: what our domain should publish, and what it does publish. */
public final class OwnCheck {
    private final CheckContext context;
    private final String domain;
    private final Optional<List<X509Certificate>> certificate;
    private final Optional<List<X509Certificate>> next;

    /**
     * About a domain of ours.
     *
     * @param certificate in use; empty to ask the hosts for it
     * @param next the one to come, if its use is to be judged
     */
    public OwnCheck(
            CheckContext context,
            String domain,
            Optional<List<X509Certificate>> certificate,
            Optional<List<X509Certificate>> next) {
        this.context = context;
        this.domain = domain;
        this.certificate = certificate;
        this.next = next;
    }

    /**
     * Asks.
     *
     * @throws IOException if what the configuration names cannot be used
     */
    public Report report() throws IOException {
        List<Section> sections = new ArrayList<>(records());
        if (sections.size() > 1) {
            sections.add(new OwnCleartext(context, domain).section());
        }
        String title = domain + ": what it should publish, and what it does";
        return new Report(title, context.withTranscript(sections), exit(sections));
    }

    /** Hosts, what to publish and what is published, and no address over the line; one section only if there is no answer about the hosts. */
    List<Section> records() throws IOException {
        DnsAnswer<MxHost> answer = context.outbound().lookup().mx(domain);
        if (answer instanceof DnsAnswer.Failed<MxHost> failed) {
            Row row = Row.of(Mark.UNKNOWN, "MX", failed.why(), "try again; --dns asks another resolver");
            return List.of(new Section("Hosts", List.of(row)));
        }
        List<OwnHost> hosts = names(answer).stream().map(this::host).toList();
        Publishing publishing = new Publishing(domain, hosts, context.port(), contact());
        List<Section> sections = new ArrayList<>();
        sections.add(hosts(hosts));
        sections.add(toPublish(publishing));
        sections.add(new Section("Web server for the policy file", List.copyOf(publishing.webServers())));
        sections.addAll(new PublishedCheck(context, domain, hosts).sections(answer, next));
        return sections;
    }

    static ExitCode exit(List<Section> sections) {
        ExitCode exit = ExitCode.CLEAN;
        for (Section section : sections) {
            for (Item item : section.items()) {
                if (item instanceof Row row) {
                    exit = exit.and(
                            switch (row.mark()) {
                                case FAIL -> ExitCode.PROBLEMS;
                                case UNKNOWN -> ExitCode.COULD_NOT_TELL;
                                default -> ExitCode.CLEAN;
                            });
                }
            }
        }
        return exit;
    }

    private List<String> names(DnsAnswer<MxHost> answer) {
        if (answer instanceof DnsAnswer.Found<MxHost> found) {
            return found.records().stream()
                    .filter(mx -> !mx.isNull())
                    .sorted(java.util.Comparator.comparingInt(MxHost::preference)
                            .thenComparing(MxHost::name))
                    .map(MxHost::name)
                    .toList();
        }
        return List.of(domain); // RFC 5321 §5.1: without MX the domain is its own host
    }

    private OwnHost host(String name) {
        return certificate
                .map(chain -> OwnHost.withCertificate(name, chain, context))
                .orElseGet(() -> OwnHost.asked(name, context));
    }

    private String contact() {
        return context.configuration()
                .tlsReports()
                .flatMap(TlsReportSettings::contact)
                .map(MailboxName::asAddress)
                .orElse("tls-reports@" + domain);
    }

    private Section hosts(List<OwnHost> hosts) {
        SectionBuilder section = new SectionBuilder("Hosts and the certificates that they show");
        for (OwnHost host : hosts) {
            if (host.withoutTls()) {
                section.row(
                        Mark.FAIL,
                        "certificate",
                        host.name() + ": " + host.trouble(),
                        "switch on STARTTLS at this host");
            } else if (host.chain().isEmpty()) {
                section.row(
                        Mark.UNKNOWN,
                        "certificate",
                        host.name() + ": " + host.trouble(),
                        "--certificate FILE takes it from a file");
            } else if (host.isFitForEnforce()) {
                section.row(Mark.OK, "certificate", host.name() + ": of a CA that we trust, with its name");
            } else {
                section.row(
                        Mark.WARNING,
                        "certificate",
                        host.name() + ": "
                                + host.verdict()
                                        .map(verdict -> verdict.isValid() ? "without its name" : verdict.detail())
                                        .orElse(""),
                        "good enough for DANE, not for MTA-STS");
            }
        }
        return section.build();
    }

    private static Section toPublish(Publishing publishing) {
        List<Item> blocks = new ArrayList<>();
        blocks.add(publishing.tlsa());
        // RFC 7672 §9.2 by RFC 7671 §13
        blocks.add(Row.of(Mark.INFO, "TTL", "of TLSA records an hour or so; signatures for days, not for months"));
        blocks.add(publishing.policyFile());
        blocks.add(publishing.stsRecord());
        blocks.add(publishing.reportRecord());
        return new Section("To publish", blocks);
    }
}
