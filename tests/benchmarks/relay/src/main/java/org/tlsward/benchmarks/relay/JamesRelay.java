/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Apache James, with TLS Ward or as it comes. */
final class JamesRelay extends Relay {

    /** The ways in which it is run. */
    enum Kind {
        /** Our server: what was accepted is on disk. */
        DURABLE("org.tlsward.server.TlsWardServer", "ours"),
        /** TLS Ward in the memory app of James. */
        MEMORY("org.apache.james.MemoryJamesServerMain", "ours"),
        /** The memory app with its own {@code RemoteDelivery}. */
        STOCK("org.apache.james.MemoryJamesServerMain", "stock"),
        /** Our server without gate, classes and evidence, for what they cost. */
        BARE("org.tlsward.server.TlsWardServer", "bare"),
        /** With a large class, and short pauses between attempts. */
        BACKLOG("org.tlsward.server.TlsWardServer", "backlog"),
        /** Takes mail over TLS, asks the gate, and drops it. */
        GATE("org.tlsward.server.TlsWardServer", "gate"),
        /** The same without anything of TLS Ward. */
        NO_GATE("org.tlsward.server.TlsWardServer", "no-gate");

        private final String main;
        private final String configuration;

        Kind(String main, String configuration) {
            this.main = main;
            this.configuration = configuration;
        }
    }

    /** Files of the shipped configuration that are taken as they are. */
    private static final List<String> SHIPPED = List.of(
            "dnsservice.xml",
            "healthcheck.properties",
            "jmx.properties",
            "jvm.properties",
            "logback.xml",
            "mailrepositorystore.xml",
            "usersrepository.xml");

    private final Kind kind;
    private final String destinations;
    private final int sinkPort;
    private final List<String> jvmOptions;

    /** @param destinations lines for {@code <destinations>} of {@code tlsward.xml} */
    JamesRelay(String name, Kind kind, Site site, int sinkPort, String destinations, List<String> jvmOptions)
            throws IOException {
        super(name, site);
        this.kind = kind;
        this.sinkPort = sinkPort;
        this.destinations = destinations;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    @Override
    void configure() throws IOException {
        Path shipped = site().project().resolve("conf");
        for (String file : SHIPPED) {
            write("conf/" + file, Files.readString(shipped.resolve(file)));
        }
        write("conf/webadmin.properties", "enabled=false\n");
        write("conf/domainlist.xml", Site.template("domainlist.xml"));
        write(
                "conf/smtpserver.xml",
                Site.template(
                        kind.configuration + "/smtpserver.xml",
                        "PORT",
                        Integer.toString(port()),
                        "KEY",
                        site().pki("sink.key").toUri().toString(),
                        "CERTIFICATE",
                        site().pki("sink.crt").toUri().toString()));
        write(
                "conf/mailetcontainer.xml",
                Site.template(kind.configuration + "/mailetcontainer.xml", "SINK", Integer.toString(sinkPort)));
        if (kind == Kind.STOCK) {
            write("conf/healthcheck.properties", "healthcheck.period=60s\n");
            return;
        }
        write("conf/extensions.properties", Site.template(kind.configuration + "/extensions.properties"));
        write("conf/demo-users", "");
        write(
                "conf/tlsward.xml",
                Site.template(
                        kind.configuration + "/tlsward.xml",
                        "DESTINATIONS",
                        destinations,
                        "CA",
                        site().pki("ca.p12").toUri().toString()));
    }

    @Override
    List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(Site.java("java"), "-Djava.awt.headless=true"));
        command.addAll(jvmOptions);
        command.add("-Dworking.directory=" + directory());
        command.add("-Dlogback.configurationFile=" + directory().resolve("conf/logback.xml"));
        command.add("-Djavax.net.ssl.trustStore=" + site().pki("ca.p12"));
        command.add("-Djavax.net.ssl.trustStorePassword=changeit");
        command.addAll(List.of("-cp", classPath(), kind.main));
        return command;
    }

    private String classPath() throws IOException {
        Path target = site().project().resolve("james-docker/server/target");
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            Stream<String> libraries = jars.map(Path::toString).sorted();
            Stream<String> first = Stream.of(
                    target.resolve("tlsward-server.jar").toString(),
                    Path.of(System.getProperty("java.class.path"))
                            .toAbsolutePath()
                            .toString());
            return String.join(
                    java.io.File.pathSeparator,
                    Stream.concat(first, libraries).toList().toArray(String[]::new));
        }
    }

    /** Writes the file {@code conf/members.txt}, with so many addresses; before the start. */
    JamesRelay withMembers(int count) throws IOException {
        StringBuilder lines = new StringBuilder(count * 36);
        for (int i = 0; i < count; i++) {
            lines.append("member").append(i).append("@kardiologie.klinik.example\n");
        }
        write("conf/members.txt", lines.toString());
        return this;
    }

    /** A rule for one domain: to the sink, with its certificate verified. */
    static String destination(String domain, int port) {
        return "<destination match=\"" + domain + "\" via=\"[127.0.0.1]:" + port
                + "\" level=\"secure\" names=\"mx.sink.example\"/>";
    }

    static List<String> heap(String size) {
        return Arrays.asList("-Xms" + size, "-Xmx" + size);
    }
}
