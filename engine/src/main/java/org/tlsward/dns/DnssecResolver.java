/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks recursive servers, knows which answers DNSSEC secures, and remembers them. For as long as the server runs; thread-safe. */
public final class DnssecResolver implements HostLookup {
    private static final int MOST_ANSWERS = 50_000;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration MARGIN =
            Duration.ofSeconds(5); // the limit is kept by the source; this is for a bug in it

    private final Findings findings;

    DnssecResolver(Findings findings) {
        this.findings = findings;
    }

    /**
     * As configured. An answer takes at most twenty seconds.
     *
     * @throws java.io.UncheckedIOException if the file of trust anchors cannot be read
     */
    public static DnssecResolver of(DnsSettings settings, Clock clock) {
        DnsServers servers = settings.servers().isEmpty() ? DnsServers.ofSystem() : DnsServers.of(settings.servers());
        return of(settings, servers, LIMIT, clock);
    }

    static DnssecResolver of(DnsSettings settings, DnsServers servers, Duration limit, Clock clock) {
        Upstream upstream = new Upstream(servers);
        Links links = settings.mode() == DnsSettings.Mode.VALIDATE
                ? new ValidatedLinks(upstream, TrustAnchors.read(settings.trustAnchor()), clock)
                : new TrustedLinks(upstream, clock);
        return new DnssecResolver(new AnswerCache(new AliasChain(links, limit), clock, MOST_ANSWERS));
    }

    @Override
    public DnsAnswer<MxHost> mx(String domain) {
        return ask(domain, Type.MX, record -> {
            MXRecord mx = (MXRecord) record;
            return new MxHost(mx.getPriority(), AliasChain.hostName(mx.getTarget()));
        });
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
        Optional<Name> name = name(host);
        if (name.isEmpty()) {
            return noName();
        }
        CompletableFuture<Finding> asked4 = findings.find(new Question(name.get(), Type.A));
        CompletableFuture<Finding> asked6 = findings.find(new Question(name.get(), Type.AAAA));
        DnsAnswer<InetAddress> six = read(await(asked6), record -> ((AAAARecord) record).getAddress());
        DnsAnswer<InetAddress> four = read(await(asked4), record -> ((ARecord) record).getAddress());
        return BothFamilies.joined(six, four);
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
        return ask(name, Type.CNAME, record -> AliasChain.hostName(((CNAMERecord) record).getTarget()));
    }

    private <T> DnsAnswer<T> ask(String text, int type, Function<Record, T> reader) {
        return name(text)
                .map(name -> read(await(findings.find(new Question(name, type))), reader))
                .orElseGet(DnssecResolver::noName);
    }

    private static Optional<Name> name(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    private static <T> DnsAnswer<T> noName() {
        return new Absent<>(false, Security.INSECURE);
    }

    private static DnsAnswer<Record> await(CompletableFuture<Finding> finding) {
        try {
            return finding.get(LIMIT.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)
                    .answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed<>(Trouble.TIMEOUT, "interrupted");
        } catch (ExecutionException | TimeoutException e) {
            LookupFailure failure = LookupFailure.of(e);
            return new Failed<>(failure.trouble(), failure.getMessage());
        }
    }

    private static <T> DnsAnswer<T> read(DnsAnswer<Record> answer, Function<Record, T> reader) {
        if (answer instanceof Found<Record> found) {
            List<T> records = new ArrayList<>();
            found.records().forEach(record -> records.add(reader.apply(record)));
            return new Found<>(records, found.security(), found.canonical());
        }
        if (answer instanceof Absent<Record> absent) {
            return new Absent<>(absent.nameExists(), absent.security());
        }
        Failed<Record> failed = (Failed<Record>) answer;
        return new Failed<>(failed.trouble(), failed.why());
    }
}
