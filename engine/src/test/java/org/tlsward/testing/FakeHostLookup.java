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
import org.tlsward.dns.HostLookup;
import org.tlsward.dns.MxHost;

/** DNS as a test wants it; whatever it does not know does not exist. */
public final class FakeHostLookup implements HostLookup {
    private final Map<String, DnsAnswer<MxHost>> mx = new ConcurrentHashMap<>();
    private final Map<String, DnsAnswer<InetAddress>> addresses = new ConcurrentHashMap<>();
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
        mx.put(domain, new Failed<>("SERVFAIL for " + domain));
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
        addresses.put(name, new Failed<>("SERVFAIL for " + name));
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
}
