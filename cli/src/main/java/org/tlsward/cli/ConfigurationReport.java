/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tlsward.check.Mark;
import org.tlsward.check.PolicyText;
import org.tlsward.check.Report.Section;
import org.tlsward.check.Report.SectionBuilder;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.MemberSpec;
import org.tlsward.config.WardConfiguration;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.DestinationRule;
import org.tlsward.policy.IpNetwork;
import org.tlsward.policy.NextHop;
import org.tlsward.policy.PolicyException;

/** What a configuration means, class by class. */
final class ConfigurationReport {
    private final WardConfiguration configuration;
    private final Instant now;

    ConfigurationReport(WardConfiguration configuration, Instant now) {
        this.configuration = configuration;
        this.now = now;
    }

    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        configuration.rules().values().forEach(rule -> sections.add(section(rule)));
        if (!configuration.destinations().destinations().isEmpty()
                || !configuration.destinations().exceptions().isEmpty()) {
            sections.add(destinations());
        }
        sections.add(services());
        return sections;
    }

    private Section section(ClassRule rule) {
        boolean isDefault = rule.name().equals(configuration.defaultClass());
        SectionBuilder section =
                new SectionBuilder("Class " + rule.name() + (isDefault ? " (everybody who is in no other class)" : ""));
        section.row(Mark.INFO, "members", members(rule.name(), isDefault));
        String exempt =
                rule.inbound().exempt().stream().map(IpNetwork::toString).collect(Collectors.joining(", "));
        section.row(
                Mark.INFO,
                "inbound",
                "minimum " + rule.inbound().minimum().word()
                        + rule.inbound()
                                .observe()
                                .map(stricter -> "; only recorded: " + stricter.word())
                                .orElse("")
                        + (exempt.isEmpty() ? "" : "; not judged: " + exempt));
        section.row(
                Mark.INFO,
                "outbound",
                rule.outbound().level().word() + ": "
                        + PolicyText.of(
                                rule.outbound().required(), rule.outbound().observe()));
        section.row(
                Mark.INFO,
                "times",
                "the sender is told after " + PolicyText.of(rule.outbound().warnAfter()) + ", we give up after "
                        + PolicyText.of(rule.outbound().giveUpAfter()));
        if (rule.isProtected() && rule.alternatives().isEmpty()) {
            section.row(
                    Mark.WARNING,
                    "alternative",
                    "none: whoever is refused is not told what to do instead",
                    "add <alternative lang=\"...\"> to the class");
        }
        return section.build();
    }

    private String members(String className, boolean isDefault) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        configuration.members().stream()
                .filter(members -> members.className().equals(className))
                .map(ClassMembers::specs)
                .flatMap(List::stream)
                .forEach(spec -> counts.merge(kind(spec), 1, Integer::sum));
        if (counts.isEmpty()) {
            return isDefault ? "everybody else" : "nobody";
        }
        return counts.entrySet().stream()
                .map(each -> each.getKey() + (each.getValue() == 1 ? "" : " (" + each.getValue() + " of them)"))
                .collect(Collectors.joining(", "));
    }

    private static String kind(MemberSpec spec) {
        if (spec instanceof MemberSpec.File file) {
            return "file " + file.path().getFileName();
        }
        if (spec instanceof MemberSpec.LdapGroup group) {
            return "LDAP group " + group.groupDn();
        }
        if (spec instanceof MemberSpec.Address) {
            return "address";
        }
        return spec instanceof MemberSpec.Domain ? "domain" : "pattern";
    }

    private Section destinations() {
        SectionBuilder section = new SectionBuilder("Destinations");
        for (DestinationRule rule : configuration.destinations().destinations()) {
            section.row(
                    Mark.INFO,
                    "destination",
                    rule.match() + " " + rule.level().word() + ": " + PolicyText.of(rule.required(), rule.observe())
                            + rule.via()
                                    .map(NextHop::toString)
                                    .map(hop -> "; by " + hop)
                                    .orElse(""));
        }
        for (PolicyException exception : configuration.destinations().exceptions()) {
            boolean active = exception.isActiveAt(now);
            String text = exception.match() + " until " + exception.until() + ", "
                    + exception.level().word() + ": " + PolicyText.of(exception.required())
                    + (exception.publishedIgnored() ? "; what it publishes is ignored" : "") + " ("
                    + exception.reason() + ")";
            if (active) {
                section.row(Mark.WARNING, "exception", text);
            } else {
                section.row(Mark.WARNING, "exception", text, "it is over: take it out, or give it a new date");
            }
        }
        return section.build();
    }

    private Section services() {
        SectionBuilder section = new SectionBuilder("Everything else");
        String servers = configuration.dns().servers().isEmpty()
                ? "the resolvers of this machine"
                : configuration.dns().servers().stream()
                        .map(server -> server.getAddress().getHostAddress() + ":" + server.getPort())
                        .collect(Collectors.joining(", "));
        section.row(
                Mark.INFO,
                "DNS",
                (switch (configuration.dns().mode()) {
                            case VALIDATE -> "validated here, by ";
                            case TRUST_AD -> "validated by ";
                        })
                        + servers);
        section.row(
                Mark.INFO,
                "trusted CAs",
                configuration.trust().map(trust -> trust.store().toString()).orElse("those of the JVM"));
        if (!configuration.internalNetworks().isEmpty()) {
            String networks = configuration.internalNetworks().stream()
                    .map(IpNetwork::toString)
                    .collect(Collectors.joining(", "));
            section.row(Mark.INFO, "own networks", networks);
        }
        section.row(
                Mark.INFO,
                "TLS reports",
                configuration
                        .tlsReports()
                        .map(reports -> "from " + reports.organization().orElse("us") + ", contact "
                                + reports.contact().map(Object::toString).orElse("none"))
                        .orElse("nobody sends them"));
        return section.build();
    }
}
