/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.check;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.config.TlsReportSettings;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.MxHost;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsFetch;
import org.tlsward.mtasts.StsPolicy;
import org.tlsward.mtasts.StsRecord;
import org.tlsward.mtasts.StsVerdict;
import org.tlsward.policy.MtaSts;
import org.tlsward.tlsrpt.TlsRptRecord;

/** Compares what a domain publishes with what its hosts show. */
final class PublishedCheck {
    private final CheckContext context;
    private final String domain;
    private final List<OwnHost> hosts;

    PublishedCheck(CheckContext context, String domain, List<OwnHost> hosts) {
        this.context = context;
        this.domain = domain;
        this.hosts = hosts;
    }

    List<Section> sections(DnsAnswer<MxHost> mx, Optional<List<X509Certificate>> next) throws IOException {
        SectionBuilder published = new SectionBuilder("What is published");
        SectionBuilder change = new SectionBuilder("The next certificate");
        for (OwnHost host : hosts) {
            context.progress("TLSA records of " + host.name());
            TlsaCheck tlsa = TlsaCheck.of(context, domain, mx, host);
            tlsa.published(published);
            next.ifPresent(chain -> tlsa.change(change, chain));
        }
        policy(published);
        reports(published);
        context.configuration()
                .tlsReports()
                .flatMap(TlsReportSettings::signing)
                .ifPresent(signing -> new SigningKeyCheck(context.outbound().lookup(), signing).row(published));
        List<Section> sections = new ArrayList<>();
        sections.add(published.build());
        if (next.isPresent()) {
            sections.add(change.build());
        }
        return sections;
    }

    private void policy(SectionBuilder section) throws IOException {
        String name = "_mta-sts." + domain;
        DnsAnswer<String> answer = context.outbound().lookup().txt(name);
        if (answer instanceof Failed<String> failed) {
            section.row(Mark.UNKNOWN, "MTA-STS", name + ": " + failed.why());
            return;
        }
        if (!(answer instanceof Found<String> found)) {
            section.row(Mark.WARNING, "MTA-STS", name + ": no TXT record", "publish the one above");
            return;
        }
        if (StsRecord.parse(found.records()) instanceof StsRecord.Unusable unusable) {
            section.row(Mark.FAIL, "MTA-STS", name + ": " + unusable.why(), "publish the one above");
            return;
        }
        context.progress("fetching the policy of " + domain);
        StsFetch fetch = context.policies().fetch(domain);
        if (fetch instanceof StsFetch.Failed failed) {
            section.row(
                    Mark.FAIL,
                    "policy file",
                    failed.failure().word() + ": " + failed.why(),
                    "serve the policy file above; without it the record means nothing");
        } else if (fetch instanceof StsFetch.Fetched fetched) {
            policy(section, fetched.policy());
        } else {
            section.row(Mark.UNKNOWN, "policy file", "it is not asked for now");
        }
    }

    private void policy(SectionBuilder section, StsPolicy policy) {
        boolean enforced = policy.mode() == StsPolicy.Mode.ENFORCE;
        section.row(
                enforced ? Mark.OK : Mark.WARNING,
                "policy file",
                policy.mode().word() + ", mx " + String.join(" ", policy.mx()) + ", for "
                        + PolicyText.of(policy.maxAge()));
        for (OwnHost host : hosts) {
            StsAnswer answer = new StsAnswer.Known(policy, "", context.clock().instant());
            MtaSts verdict = StsVerdict.about(answer, host.name());
            boolean named = verdict != MtaSts.ENFORCE_MX_MISMATCH && verdict != MtaSts.TESTING_MX_MISMATCH;
            if (!named) {
                section.row(
                        enforced ? Mark.FAIL : Mark.WARNING,
                        "policy file",
                        host.name() + " is not in it",
                        "add \"mx: " + host.name() + "\", and give the TXT record a new id");
            } else if (!host.isFitForEnforce()) {
                section.row(
                        enforced ? Mark.FAIL : Mark.WARNING,
                        "policy file",
                        host.name() + " is in it, but does not show a valid certificate with its name",
                        "senders who obey the policy do not deliver there: get a certificate of a public CA");
            }
        }
    }

    private void reports(SectionBuilder section) {
        String name = TlsRptRecord.ownerName(domain);
        DnsAnswer<String> answer = context.outbound().lookup().txt(name);
        if (answer instanceof Failed<String> failed) {
            section.row(Mark.UNKNOWN, "TLSRPT", name + ": " + failed.why());
        } else if (answer instanceof Found<String> found) {
            boolean good = TlsRptRecord.parse(found.records()).isPresent();
            if (good) {
                section.row(Mark.OK, "TLSRPT", String.join(" ", found.records()));
            } else {
                section.row(Mark.FAIL, "TLSRPT", name + ": not understood", "publish the record above");
            }
        } else {
            section.row(Mark.WARNING, "TLSRPT", name + ": no TXT record", "publish the one above");
        }
    }
}
