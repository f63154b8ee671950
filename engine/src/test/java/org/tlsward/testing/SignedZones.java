/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tlsward.config.DnsSettings;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * A DNS of our own: a signed root with delegations down to the zones of a test, served by NSD, and Unbound that resolves and
 * validates from that root, each on a loopback port. The way to an answer is the real one: DS at the parent, keys, signatures, denials.
 * Zones of the table of a test are written as in a zone file, without the SOA and NS records of the apex; names are relative to the
 * zone. What is between the root and a zone is made and signed.
 *
 * <pre>{@code
 * static final SignedZones DNS = SignedZones.of()
 *         .signed("secure.example", """
 *                 @ MX 10 mx
 *                 mx A 192.0.2.1
 *                 _25._tcp.mx TLSA 3 1 1 0123...
 *                 """)
 *         .unsigned("insecure.example", "@ MX 10 mx.secure.example.")
 *         .bogus("bogus.example", "@ MX 10 mx")
 *         .servfail("lame.example")
 *         .silent("silent.example")
 *         .start();
 *
 * HostLookup lookup = HostLookups.of(DNS.validating(), Clock.systemUTC());
 * DNS.change("secure.example", "@ MX 10 other"); // and a new HostLookup, for the old one remembers
 * DNS.close(); // in @AfterAll
 * }</pre>
 *
 * <p>Starts in less than a second: do it once for a class. Needs the packages unbound, nsd and ldnsutils.
 */
public final class SignedZones implements AutoCloseable {
    private final Path directory;
    private final ZoneSigner signer;
    private final Map<String, Zone> zones;
    private final List<AutoCloseable> others;
    private final Path trustAnchor;
    private final Daemon nsd;
    private final Daemon unbound;
    private final Optional<InetSocketAddress> usualPort;

    private SignedZones(Setup setup) throws IOException {
        this.zones = setup.zones;
        this.others = setup.others;
        this.usualPort = setup.usualPort;
        directory = Files.createTempDirectory("signed-zones");
        signer = new ZoneSigner(directory);
        trustAnchor = Files.writeString(directory.resolve("root.anchor"), signer.ds(zones.get("")) + "\n");
        Map<String, Path> files = sign();
        InetSocketAddress authoritative = Daemon.freePort();
        Path log = Files.createFile(directory.resolve("log"));
        Path nsdConf =
                Files.writeString(directory.resolve("nsd.conf"), NameServers.nsd(directory, authoritative, files));
        nsd = Daemon.start(List.of("/usr/sbin/nsd", "-d", "-c", nsdConf.toString()), log, authoritative);
        InetSocketAddress recursive = Daemon.freePort();
        Path unboundConf = Files.writeString(
                directory.resolve("unbound.conf"),
                NameServers.unbound(directory, recursive, trustAnchor, authoritative, zones.values())
                        + NameServers.alsoListening(usualPort));
        unbound = Daemon.start(List.of("/usr/sbin/unbound", "-d", "-c", unboundConf.toString()), log, recursive);
    }

    /** No zone yet. */
    public static Setup of() {
        return new Setup();
    }

    /** The zones before anything runs. */
    public static final class Setup {
        private final Map<String, Zone> zones = new LinkedHashMap<>();
        private final List<AutoCloseable> others = new ArrayList<>();
        private Optional<InetSocketAddress> usualPort = Optional.empty();

        private Setup() {
            zone("", Zone.Kind.NSEC, "ns.test. A 127.0.0.1");
        }

        private Setup zone(String name, Zone.Kind kind, String text) {
            zones.put(name, new Zone(name, kind, text, Optional.empty()));
            return this;
        }

        /** Signed, with NSEC. */
        public Setup signed(String name, String text) {
            return zone(name, Zone.Kind.NSEC, text);
        }

        /** Signed, with NSEC3 and opt-out: unsigned delegations in it are not proven one by one. */
        public Setup nsec3(String name, String text) {
            return zone(name, Zone.Kind.NSEC3, text);
        }

        /** Unsigned, and the parent proves that it is. */
        public Setup unsigned(String name, String text) {
            return zone(name, Zone.Kind.UNSIGNED, text);
        }

        /** Signed, but the signatures fit nothing. */
        public Setup bogus(String name, String text) {
            return zone(name, Zone.Kind.BOGUS, text);
        }

        /** Signed until last year. */
        public Setup expired(String name, String text) {
            return zone(name, Zone.Kind.EXPIRED, text);
        }

        /** A delegation whose server answers every query with SERVFAIL. */
        public Setup servfail(String name) {
            Function<Message, Optional<Message>> error = SignedZones::servfail;
            FakeDnsServer server = new FakeDnsServer(error, error);
            others.add(server);
            return elsewhere(name, server.address());
        }

        /** A delegation whose server never answers. */
        public Setup silent(String name) {
            try {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                others.add(socket);
                return elsewhere(name, (InetSocketAddress) socket.getLocalSocketAddress());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** An unsigned delegation to a server of the test. */
        public Setup elsewhere(String name, InetSocketAddress server) {
            zones.put(name, new Zone(name, Zone.Kind.UNSIGNED, "", Optional.of(server)));
            return this;
        }

        /** Unbound answers also at port 53 of a loopback address, for programs that read {@code resolv.conf}; only root may do this. */
        public Setup atUsualPort() {
            usualPort = Optional.of(Daemon.freeAddress(53));
            return this;
        }

        /** Signs, starts both servers, and returns when they answer. */
        public SignedZones start() {
            for (String name : List.copyOf(zones.keySet())) {
                for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    String parent = name.substring(dot + 1);
                    zones.putIfAbsent(parent, new Zone(parent, Zone.Kind.NSEC, "", Optional.empty()));
                }
            }
            try {
                return new SignedZones(this);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Optional<Message> servfail(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setRcode(Rcode.SERVFAIL);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return Optional.of(reply);
    }

    private Map<String, Path> sign() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Zone zone : zones.values()) {
            if (zone.elsewhere().isEmpty()) {
                files.put(zone.name(), signer.file(zone, delegations(zone)));
            }
        }
        return files;
    }

    private String delegations(Zone parent) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Zone zone : zones.values()) {
            if (parent(zone).filter(parent::equals).isPresent()) {
                text.append(zone.name()).append(". NS ns.test.\n");
                text.append(zone.isSigned() ? signer.ds(zone) + "\n" : "");
            }
        }
        return text.toString();
    }

    private Optional<Zone> parent(Zone zone) {
        return zones.values().stream()
                .filter(other -> other.encloses(zone))
                .max(Comparator.comparingInt(other -> other.name().length()));
    }

    /** Gives a zone other records; both servers have forgotten the old ones when this returns. */
    public void change(String name, String text) {
        Zone old = zones.get(name);
        zones.put(name, new Zone(name, old.kind(), text, old.elsewhere()));
        try {
            signer.file(zones.get(name), delegations(zones.get(name)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        nsd.restart();
        unbound.restart();
    }

    /** The validating resolver. */
    public InetSocketAddress unbound() {
        return unbound.address();
    }

    /** What to name as {@code nameserver} in {@code resolv.conf}, if {@link Setup#atUsualPort} was asked for. */
    public String nameserver() {
        return usualPort.orElseThrow().getAddress().getHostAddress();
    }

    /** The authoritative server of all zones. */
    public InetSocketAddress nsd() {
        return nsd.address();
    }

    /** Settings that validate over Unbound, from the root of the test. */
    public DnsSettings validating() {
        return new DnsSettings(DnsSettings.Mode.VALIDATE, List.of(unbound()), Optional.of(trustAnchor));
    }

    /** Settings that believe Unbound. */
    public DnsSettings trusting() {
        return new DnsSettings(DnsSettings.Mode.TRUST_AD, List.of(unbound()), Optional.empty());
    }

    /** A file with the DS record of the root. */
    public Path trustAnchor() {
        return trustAnchor;
    }

    /** What the servers said about themselves, for the message of a failed test. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        unbound.close();
        nsd.close();
        try {
            for (AutoCloseable other : others) {
                other.close();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                    Files.delete(file);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
