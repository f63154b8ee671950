/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks recursive servers and believes them what they say, but never that it is secure. */
public final class StubHostLookup implements HostLookup {
    private static final int UDP_PAYLOAD = 1232; // fits every path without fragments
    private static final int MOST_ALIASES = 12;

    private final DnsServers servers;
    private final List<SimpleResolver> resolvers = new ArrayList<>();

    /** Asks these servers. */
    public StubHostLookup(DnsServers servers) {
        this.servers = servers;
        servers.addresses().forEach(address -> {
            SimpleResolver resolver = new SimpleResolver(address);
            resolver.setTimeout(servers.timeout());
            resolver.setEDNS(0, UDP_PAYLOAD, 0, List.of());
            resolver.setIgnoreTruncation(false); // RFC 7766 §5: ask again over TCP
            resolvers.add(resolver);
        });
    }

    @Override
    public DnsAnswer<MxHost> mx(String domain) {
        return ask(domain, Type.MX, record -> {
            MXRecord mx = (MXRecord) record;
            return new MxHost(mx.getPriority(), hostName(mx.getTarget()));
        });
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
        DnsAnswer<InetAddress> four = ask(host, Type.A, record -> ((ARecord) record).getAddress());
        DnsAnswer<InetAddress> six = ask(host, Type.AAAA, record -> ((AAAARecord) record).getAddress());
        List<InetAddress> all = new ArrayList<>();
        Optional<String> canonical = Optional.empty();
        for (DnsAnswer<InetAddress> answer : List.of(six, four)) {
            if (answer instanceof Found<InetAddress> found) {
                all.addAll(found.records());
                canonical = found.canonical();
            }
        }
        if (!all.isEmpty()) {
            return new Found<>(all, Security.INSECURE, canonical);
        }
        // One family that failed might have had addresses: an error is not absence.
        return four instanceof Failed ? four : six;
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(String host, int port) {
        return ask("_" + port + "._tcp." + host, Type.TLSA, record -> {
            TLSARecord tlsa = (TLSARecord) record;
            String data = HexFormat.of().formatHex(tlsa.getCertificateAssociationData());
            return new TlsaRecord(tlsa.getCertificateUsage(), tlsa.getSelector(), tlsa.getMatchingType(), data);
        });
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        return ask(name, Type.TXT, record -> String.join("", ((TXTRecord) record).getStrings()));
    }

    @Override
    public DnsAnswer<String> alias(String name) {
        return ask(name, Type.CNAME, record -> hostName(((CNAMERecord) record).getTarget()));
    }

    private static String hostName(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }

    private <T> DnsAnswer<T> ask(String text, int type, Function<Record, T> read) {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            return new Absent<>(false, Security.INSECURE); // no name of DNS
        }
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        String why = "no server was asked";
        for (int round = 0; round < servers.rounds(); round++) {
            for (SimpleResolver resolver : resolvers) {
                try {
                    Message answer = resolver.send(query);
                    Optional<DnsAnswer<T>> meaning = meaning(answer, name, type, read);
                    if (meaning.isPresent()) {
                        return meaning.get();
                    }
                    why = Rcode.string(answer.getRcode()) + " from " + resolver.getAddress();
                } catch (IOException | RuntimeException e) {
                    why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                }
            }
        }
        return new Failed<>(Trouble.SERVER, Type.string(type) + " look-up of " + text + " failed: " + why);
    }

    /** Empty if the server did not answer the question, so that another one should be asked. */
    private static <T> Optional<DnsAnswer<T>> meaning(Message answer, Name asked, int type, Function<Record, T> read) {
        int code = answer.getRcode();
        if (code == Rcode.NXDOMAIN) {
            return Optional.of(new Absent<>(false, Security.INSECURE));
        }
        if (code != Rcode.NOERROR) {
            return Optional.empty();
        }
        List<Record> section = answer.getSection(Section.ANSWER);
        Name owner = type == Type.CNAME ? asked : expanded(asked, section);
        List<T> records = section.stream()
                .filter(record -> record.getType() == type && record.getName().equals(owner))
                .map(read)
                .toList();
        return Optional.of(
                records.isEmpty()
                        ? new Absent<>(true, Security.INSECURE)
                        : new Found<>(
                                records,
                                Security.INSECURE,
                                Optional.of(owner)
                                        .filter(end -> !end.equals(asked))
                                        .map(StubHostLookup::hostName)));
    }

    /** The end of the aliases; a recursive server sends them all (RFC 1034 §4.3.2). */
    private static Name expanded(Name asked, List<Record> section) {
        Name owner = asked;
        for (int i = 0; i < MOST_ALIASES; i++) {
            Name current = owner;
            Optional<Name> target = section.stream()
                    .filter(record ->
                            record instanceof CNAMERecord && record.getName().equals(current))
                    .map(record -> ((CNAMERecord) record).getTarget())
                    .findFirst();
            if (target.isEmpty()) {
                return owner;
            }
            owner = target.get();
        }
        return owner;
    }
}
