/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tlsward.classes.ClassMembers;
import org.tlsward.classes.LdapDirectory;
import org.tlsward.classes.MailboxName;
import org.tlsward.policy.ClassRule;
import org.tlsward.policy.DestinationRules;
import org.tlsward.policy.IpNetwork;

/**
 * What {@code tlsward.xml} says. Immutable: a reload makes a new one.
 *
 * @param rules by class name, in the order of the file
 * @param members where the members of each class come from, in the order of the file
 * @param defaultClass the class of everybody else; always a key of {@code rules}
 * @param directory where LDAP groups are looked up; present if a class has one
 * @param subAddressDelimiters characters that begin a sub-address, for example {@code +}; may be empty
 * @param destinations rules and exceptions by recipient domain
 * @param dns how names are looked up
 * @param trust CAs of server certificates; empty for those of the JVM
 * @param internalNetworks networks of our own
 * @param evidence how it is written
 * @param tlsReports who sends our TLS reports; empty if nobody
 * @param quarantine how withheld mail is kept, and who may release it
 */
public record WardConfiguration(
        Map<String, ClassRule> rules,
        List<ClassMembers> members,
        String defaultClass,
        Optional<LdapDirectory> directory,
        String subAddressDelimiters,
        DestinationRules destinations,
        DnsSettings dns,
        Optional<TrustSettings> trust,
        List<IpNetwork> internalNetworks,
        EvidenceSettings evidence,
        Optional<TlsReportSettings> tlsReports,
        QuarantineSettings quarantine) {

    /** Copies its arguments. */
    public WardConfiguration {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        members = List.copyOf(members);
        internalNetworks = List.copyOf(internalNetworks);
    }

    /** All but the quarantine, which is as in a file that does not mention it. */
    public WardConfiguration(
            Map<String, ClassRule> rules,
            List<ClassMembers> members,
            String defaultClass,
            Optional<LdapDirectory> directory,
            String subAddressDelimiters,
            DestinationRules destinations,
            DnsSettings dns,
            Optional<TrustSettings> trust,
            List<IpNetwork> internalNetworks,
            EvidenceSettings evidence,
            Optional<TlsReportSettings> tlsReports) {
        this(
                rules,
                members,
                defaultClass,
                directory,
                subAddressDelimiters,
                destinations,
                dns,
                trust,
                internalNetworks,
                evidence,
                tlsReports,
                QuarantineSettings.DEFAULT);
    }

    /** Classes alone; the rest as in a file that does not mention it. */
    public WardConfiguration(
            Map<String, ClassRule> rules,
            List<ClassMembers> members,
            String defaultClass,
            Optional<LdapDirectory> directory,
            String subAddressDelimiters) {
        this(
                rules,
                members,
                defaultClass,
                directory,
                subAddressDelimiters,
                DestinationRules.NONE,
                DnsSettings.DEFAULT,
                Optional.empty(),
                List.of(),
                EvidenceSettings.DEFAULT,
                Optional.empty());
    }

    /**
     * Mailboxes that the inbound gate never refuses, beside {@code postmaster} and {@code abuse} of every domain: a partner who has no
     * working TLS reports just that.
     */
    public Set<MailboxName> exemptRecipients() {
        return tlsReports.flatMap(TlsReportSettings::contact).map(Set::of).orElse(Set.of());
    }

    /** The same, with names looked up otherwise. */
    public WardConfiguration withDns(DnsSettings other) {
        return new WardConfiguration(
                rules,
                members,
                defaultClass,
                directory,
                subAddressDelimiters,
                destinations,
                other,
                trust,
                internalNetworks,
                evidence,
                tlsReports,
                quarantine);
    }
}
