/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tlsward.dns.DnsAnswer;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.MxHost;
import org.tlsward.dns.TlsaRecord;

/** DNS as a test wants it; whatever it does not know does not exist. */
public final class FakeHostLookup implements HostLookup {
    private final Map<String, DnsAnswer<MxHost>> mx = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<TlsaRecord>> tlsa = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<String>> txt = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<String>> aliases = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();

    /** MX records, each {@code "10 mx.example"}. */
    public FakeHostLookup mx(String domain, String... records) {
        return mx(domain, Security.INSECURE, records);
    }

    /** MX records of a zone that is signed or not. */
    public FakeHostLookup mx(String domain, Security security, String... records) {
        List<MxHost> hosts = Arrays.stream(records)
                .map(record -> record.split(" ", 2))
                .map(words -> new MxHost(Integer.parseInt(words[0]), words[1].equals(".") ? "" : words[1]))
                .toList();
        mx.put(domain, new Found<>(hosts, security));
        return this;
    }

    /** The domain exists and has no MX records. */
    public FakeHostLookup noMx(String domain) {
        mx.put(domain, new Absent<>(true, Security.INSECURE));
        return this;
    }

    /** The look-up of the MX records fails. */
    public FakeHostLookup mxFails(String domain) {
        mx.put(domain, new Failed<>(Trouble.SERVER, "SERVFAIL for " + domain));
        return this;
    }

    /** Addresses in digits. */
    public FakeHostLookup host(String name, String... digits) {
        List<InetAddress> all =
                Arrays.stream(digits).map(FakeHostLookup::address).toList();
        addresses.put(name, new Found<>(all, Security.INSECURE));
        return this;
    }

    /** The look-up of the addresses fails. */
    public FakeHostLookup hostFails(String name) {
        addresses.put(name, new Failed<>(Trouble.SERVER, "SERVFAIL for " + name));
        return this;
    }

    /** Any answer about the MX records of a domain. */
    public FakeHostLookup mx(String domain, DnsAnswer<MxHost> answer) {
        mx.put(domain, answer);
        return this;
    }

    /** Any answer about the addresses of a host. */
    public FakeHostLookup host(String name, DnsAnswer<InetAddress> answer) {
        addresses.put(name, answer);
        return this;
    }

    /** Any answer about the TLSA records of a service. */
    public FakeHostLookup tlsa(String host, int port, DnsAnswer<TlsaRecord> answer) {
        tlsa.put("_" + port + "._tcp." + host, answer);
        return this;
    }

    /** Any answer about the TXT records of a name. */
    public FakeHostLookup txt(String name, DnsAnswer<String> answer) {
        txt.put(name, answer);
        return this;
    }

    /** Any answer about the CNAME record of a name. */
    public FakeHostLookup alias(String name, DnsAnswer<String> answer) {
        aliases.put(name, answer);
        return this;
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Everything that was asked for, in order. */
    public List<String> questions() {
        return List.copyOf(questions);
    }

    @Override
    public DnsAnswer<MxHost> mx(String domain) {
        questions.add("MX " + domain);
        return mx.getOrDefault(domain, new Absent<>(false, Security.INSECURE));
    }

    @Override
    public DnsAnswer<InetAddress> addresses(String host) {
        questions.add("A " + host);
        return addresses.getOrDefault(host, new Absent<>(false, Security.INSECURE));
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(String host, int port) {
        String owner = "_" + port + "._tcp." + host;
        questions.add("TLSA " + owner);
        return tlsa.getOrDefault(owner, new Absent<>(false, Security.INSECURE));
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        questions.add("TXT " + name);
        return txt.getOrDefault(name, new Absent<>(false, Security.INSECURE));
    }

    @Override
    public DnsAnswer<String> alias(String name) {
        questions.add("CNAME " + name);
        return aliases.getOrDefault(name, new Absent<>(true, Security.INSECURE));
    }
}
