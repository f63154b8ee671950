/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.MxHost;
import org.tlsward.policy.Candidate;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.NextHop;

/** From a destination to the hosts that are tried, best first (RFC 5321 §5.1). */
final class ChooseHosts {
    private final HostLookup lookup;
    private final OwnHosts own;
    private final int port;
    private final Random random;

    ChooseHosts(HostLookup lookup, OwnHosts own, int port, Random random) {
        this.lookup = lookup;
        this.own = own;
        this.port = port;
        this.random = random;
    }

    /** A name of an MX record, or the domain itself, with what was found out about its addresses. */
    private record Resolved(MxHost mx, DnsAnswer<InetAddress> answer) {}

    /** The domain whose hosts are looked for, and what its MX answer was worth. */
    private record NextHopDomain(String name, Security security, Optional<String> alias) {}

    HostChoice choose(Destination destination) {
        if (destination.via().isPresent()) {
            return fixed(destination.via().get());
        }
        String domain = destination.domain();
        if (domain.startsWith("[")) {
            return literal(domain);
        }
        DnsAnswer<MxHost> answer = lookup.mx(domain);
        if (answer instanceof Failed<MxHost> failed) {
            return HostChoice.Unknown.of(failed);
        }
        if (answer instanceof Found<MxHost> found) {
            return byMx(domain, found);
        }
        Absent<MxHost> absent = (Absent<MxHost>) answer;
        return absent.nameExists()
                ? implicit(domain, absent.security())
                : new HostChoice.None(550, "5.1.2", "the domain " + domain + " does not exist");
    }

    private HostChoice byMx(String domain, Found<MxHost> found) {
        if (found.records().stream().allMatch(MxHost::isNull)) {
            // RFC 7505 §4.1
            return new HostChoice.None(556, "5.1.10", "the domain " + domain + " accepts no mail (null MX)");
        }
        List<MxHost> sorted = new ArrayList<>(
                found.records().stream().filter(mx -> !mx.isNull()).toList());
        Collections.shuffle(sorted, random); // RFC 5321 §5.1: equal ones in random order
        sorted.sort(Comparator.comparingInt(MxHost::preference));
        List<Resolved> resolved = sorted.stream()
                .map(mx -> new Resolved(mx, lookup.addresses(mx.name())))
                .toList();
        return hosts(new NextHopDomain(domain, found.security(), found.canonical()), resolved);
    }

    /** RFC 5321 §5.1: without MX records the domain is its own host, with preference 0. */
    private HostChoice implicit(String domain, Security security) {
        Resolved itself = new Resolved(new MxHost(0, domain), lookup.addresses(domain));
        if (itself.answer() instanceof Absent) {
            return new HostChoice.None(550, "5.1.2", "the domain " + domain + " has neither MX nor address records");
        }
        return hosts(new NextHopDomain(domain, security, Optional.empty()), List.of(itself));
    }

    private HostChoice hosts(NextHopDomain domain, List<Resolved> resolved) {
        OptionalInt ourPreference = resolved.stream()
                .filter(this::isOurself)
                .mapToInt(each -> each.mx().preference())
                .min();
        List<Resolved> better = resolved.stream()
                .filter(each -> ourPreference.isEmpty() || each.mx().preference() < ourPreference.getAsInt())
                .toList();
        if (better.isEmpty()) {
            return new HostChoice.None(554, "5.4.6", "mail for " + domain.name() + " loops back to this server");
        }
        Origin origin = domain.security() == Security.SECURE ? Origin.SECURE_DNS : Origin.INSECURE_DNS;
        List<MailHost> hosts = new ArrayList<>();
        Optional<HostChoice.Unknown> unknown = Optional.empty();
        for (Resolved each : better) {
            if (each.answer() instanceof Found<InetAddress> found) {
                String name = each.mx().name();
                hosts.add(new MailHost(
                        new Candidate(name, domain.name(), origin),
                        Optional.of(name),
                        ordered(found.records()),
                        found.security(),
                        found.canonical(),
                        domain.alias(),
                        port));
            } else if (each.answer() instanceof Failed<InetAddress> failed) {
                unknown = unknown.or(() -> Optional.of(HostChoice.Unknown.of(failed)));
            }
        }
        if (!hosts.isEmpty()) {
            return new HostChoice.Hosts(hosts, unknown.isEmpty());
        }
        return unknown.<HostChoice>map(some -> some)
                .orElse(new HostChoice.None(550, "5.4.4", "no MX host of " + domain.name() + " has an address"));
    }

    private boolean isOurself(Resolved host) {
        boolean address = host.answer() instanceof Found<InetAddress> found
                && found.records().stream().anyMatch(own::isAddress);
        return address || own.isName(host.mx().name());
    }

    private HostChoice fixed(NextHop hop) {
        Candidate candidate = new Candidate(hop.host(), hop.host(), Origin.CONFIGURATION);
        if (hop.address().isPresent()) {
            return only(MailHost.byAddress(candidate, hop.address().get(), hop.port()));
        }
        DnsAnswer<InetAddress> answer = lookup.addresses(hop.host());
        if (answer instanceof Found<InetAddress> found) {
            return only(new MailHost(
                    candidate,
                    Optional.of(hop.host()),
                    ordered(found.records()),
                    found.security(),
                    found.canonical(),
                    Optional.empty(),
                    hop.port()));
        }
        // Our own configuration: a host without an address is somebody's mistake, and the mail must wait for its
        // mending.
        return answer instanceof Failed<InetAddress> failed
                ? HostChoice.Unknown.of(failed)
                : new HostChoice.Unknown(Optional.empty(), "the next hop " + hop + " has no address");
    }

    private HostChoice literal(String domain) {
        try {
            NextHop hop = NextHop.parse(domain);
            InetAddress address = hop.address().orElseThrow(() -> new IllegalArgumentException("no address"));
            if (own.isAddress(address)) {
                return new HostChoice.None(554, "5.4.6", "mail for " + domain + " loops back to this server");
            }
            Candidate candidate = new Candidate(hop.host(), hop.host(), Origin.INSECURE_DNS);
            return only(MailHost.byAddress(candidate, address, port));
        } catch (IllegalArgumentException e) {
            return new HostChoice.None(550, "5.1.2", "unsupported address literal \"" + domain + "\"");
        }
    }

    private static HostChoice only(MailHost host) {
        return new HostChoice.Hosts(List.of(host), true);
    }

    /** In random order, the families in turn, so that one of them being broken costs little. */
    private List<InetAddress> ordered(List<InetAddress> addresses) {
        List<InetAddress> shuffled =
                new ArrayList<>(addresses.stream().distinct().toList());
        Collections.shuffle(shuffled, random);
        List<InetAddress> six =
                shuffled.stream().filter(Inet6Address.class::isInstance).toList();
        List<InetAddress> four = shuffled.stream()
                .filter(each -> !(each instanceof Inet6Address))
                .toList();
        List<InetAddress> turns = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
            if (i < six.size()) {
                turns.add(six.get(i));
            }
            if (i < four.size()) {
                turns.add(four.get(i));
            }
        }
        return turns;
    }
}
