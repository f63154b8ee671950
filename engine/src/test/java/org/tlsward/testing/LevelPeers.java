/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The servers that {@link LevelTable} names, for mail to {@link #DOMAIN}. */
public final class LevelPeers {
    /** Where the mail goes. */
    public static final String DOMAIN = "two.example";

    private static final String MX = "mx.two.example";
    private static final String IDENTITY = "IDENTITY ";
    private static final TestCa CA = TestCa.today();
    private static final Map<String, Identity> IDENTITIES = identities();
    private static final Map<String, Peer> PEERS = peers();

    private LevelPeers() {}

    /**
     * One server.
     *
     * @param mx the name of the host
     * @param script for every connection
     */
    public record Peer(String mx, String script) {
        Peer at(String otherMx) {
            return new Peer(otherMx, script);
        }

        /** What it shows, if it shows a certificate. */
        public Optional<Identity> identity() {
            return script.lines()
                    .filter(line -> line.startsWith(IDENTITY))
                    .map(line -> line.substring(IDENTITY.length()).split(" ", -1)[0])
                    .map(IDENTITIES::get)
                    .findFirst();
        }

        /** Starts it on 127.0.0.1. */
        public ScriptedServer start() {
            return ScriptedServer.start(IDENTITIES, script);
        }

        /** Starts it on that address and port. */
        public ScriptedServer startOn(InetAddress address, int port) {
            return ScriptedServer.startOn(new InetSocketAddress(address, port), IDENTITIES, script);
        }
    }

    /** The names of all. */
    public static Set<String> names() {
        return PEERS.keySet();
    }

    /** The one of that name. */
    public static Peer named(String name) {
        Peer peer = PEERS.get(name);
        if (peer == null) {
            throw new IllegalArgumentException("unknown server \"" + name + "\" (expected: one of " + names() + ")");
        }
        return peer;
    }

    /** The root certificate that a client trusts. */
    public static X509Certificate root() {
        return CA.root();
    }

    /** SHA-256 of the certificates that level {@code fingerprint} pins. */
    public static List<String> pins() {
        return IDENTITIES.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("pinned"))
                .map(entry -> entry.getValue().sha256())
                .toList();
    }

    private static Map<String, Identity> identities() {
        Map<String, Identity> all = new LinkedHashMap<>();
        all.put("good", CA.good(MX));
        all.put("wildcard", CA.good("*.two.example"));
        all.put("domain", CA.good(DOMAIN));
        all.put("provider", CA.good("mx.provider.example"));
        all.put("other", CA.good("other.example"));
        all.put("common-name", CA.commonNameOnly(MX));
        all.put("far-wildcard", CA.good("*.example"));
        all.put("expired", CA.expired(MX));
        all.put("not-yet", CA.notYetValid(MX));
        all.put("self-signed", CA.selfSigned(MX));
        all.put("unknown-ca", TestCa.today().good(MX));
        Identity good = CA.good(MX);
        all.put("no-intermediate", new Identity(good.key(), List.of(good.leaf())));
        all.put("weak", CA.weakKey(MX));
        all.put("client", CA.clientOnly(MX));
        all.put("pinned-good", CA.good(MX));
        all.put("pinned-self-signed", CA.selfSigned(MX));
        all.put("pinned-expired", CA.expired(MX));
        return Map.copyOf(all);
    }

    private static Map<String, Peer> peers() {
        Map<String, Peer> all = new LinkedHashMap<>();
        all.put("no STARTTLS", peer("PIPELINING", ""));
        all.put("no EHLO, only HELO", peer("", "ON EHLO* => 502 5.5.1 what?"));
        all.put("STARTTLS listed, answered 454", peer("STARTTLS", "ON STARTTLS => 454 4.7.0 later"));
        all.put("STARTTLS listed, answered 500", peer("STARTTLS", "ON STARTTLS => 500 5.5.1 what?"));
        all.put("STARTTLS listed, answered 502", peer("STARTTLS", "ON STARTTLS => 502 5.5.1 no"));
        all.put("STARTTLS not listed, but works", peer("PIPELINING", "IDENTITY good"));
        all.put("injects plaintext after 220", tls("good", "ON STARTTLS => 220 go|250 all is well"));
        all.put("resets in the handshake", tls("good", "INSTEAD HELLO, RESET"));
        all.put("stalls in the handshake", tls("good", "INSTEAD HELLO, STALL"));
        all.put("resets after the handshake", tls("good", "AFTER 2 EHLO* => RESET"));
        all.put("demands a client certificate", tls("good needs-client", ""));
        all.put("TLS 1.0 only", tls("good", "INSTEAD TLS10"));
        all.put("TLS 1.1 only", tls("good", "INSTEAD TLS11"));
        all.put("good", tls("good", ""));
        all.put("good, TLS 1.2 only", tls("good TLSv1.2", ""));
        all.put("good, TLS 1.3 only", tls("good TLSv1.3", ""));
        all.put("good, wildcard `*.two.example`", tls("wildcard", ""));
        all.put("names the domain, not the MX host", tls("domain", ""));
        all.put(
                "MX host of another domain, good for that host",
                tls("provider", "").at("mx.provider.example"));
        all.put("other name", tls("other", ""));
        all.put("name in the CN only, no SAN", tls("common-name", ""));
        all.put("wildcard `*.two.example` for two labels", tls("wildcard", "").at("mx.north.two.example"));
        all.put("wildcard `*.example`", tls("far-wildcard", ""));
        all.put("expired", tls("expired", ""));
        all.put("not valid yet", tls("not-yet", ""));
        all.put("self-signed", tls("self-signed", ""));
        all.put("unknown CA", tls("unknown-ca", ""));
        all.put("intermediate certificate not sent", tls("no-intermediate", ""));
        all.put("weak key (RSA 1024)", tls("weak", ""));
        all.put("wrong purpose (for clients)", tls("client", ""));
        all.put("pinned, good", tls("pinned-good", ""));
        all.put("pinned, self-signed", tls("pinned-self-signed", ""));
        all.put("pinned, expired", tls("pinned-expired", ""));
        all.put("lists REQUIRETLS inside TLS", tls("good", "TLSFEATURES REQUIRETLS"));
        all.put(
                "lists REQUIRETLS outside TLS only",
                peer("STARTTLS, REQUIRETLS", "TLSFEATURES PIPELINING\nIDENTITY good"));
        all.put("does not list REQUIRETLS", tls("good", ""));
        all.put("has no STARTTLS", peer("PIPELINING", ""));
        return Collections.unmodifiableMap(all);
    }

    private static Peer tls(String identity, String rules) {
        return peer("PIPELINING, STARTTLS", "IDENTITY " + identity + "\n" + rules);
    }

    private static Peer peer(String features, String rules) {
        return new Peer(MX, "S: 220 hi\nFEATURES " + features + "\n" + rules + "\nSERVE");
    }
}
