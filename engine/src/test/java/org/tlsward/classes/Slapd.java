/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.classes;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenLDAP's server on a loopback port, with its files in a directory of the test. */
final class Slapd implements AutoCloseable {
    static final String SUFFIX = "dc=klinik,dc=example";
    static final String ADMIN = "cn=admin," + SUFFIX;
    static final String PASSWORD = "secret";
    private static final List<Path> BINARIES = List.of(Path.of("/usr/sbin/slapd"), Path.of("/usr/local/libexec/slapd"));
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final SlapdCertificate certificate;
    private final int port;
    private final int tlsPort;
    private Process process;
    private LDAPConnection admin;

    private Slapd(Path directory, SlapdCertificate certificate) throws IOException {
        this.directory = directory;
        this.certificate = certificate;
        this.port = freePort();
        this.tlsPort = freePort();
    }

    /** An empty directory. */
    static Slapd start(Path directory, SlapdCertificate certificate) throws Exception {
        Slapd slapd = new Slapd(directory, certificate);
        Files.createDirectories(directory.resolve("db"));
        slapd.writeConfiguration();
        slapd.start();
        slapd.admin.add(
                "dn: " + SUFFIX, "objectClass: dcObject", "objectClass: organization", "dc: klinik", "o: Klinik");
        slapd.admin.add("dn: ou=people," + SUFFIX, "objectClass: organizationalUnit", "ou: people");
        slapd.admin.add("dn: ou=groups," + SUFFIX, "objectClass: organizationalUnit", "ou: groups");
        return slapd;
    }

    /** Starts it again after {@link #stop}, with the same port and data. */
    void start() throws Exception {
        process = new ProcessBuilder(
                        binary().toString(),
                        "-f",
                        directory.resolve("slapd.conf").toString(),
                        "-h",
                        uri("ldap") + " " + uri("ldaps"),
                        "-d",
                        "256")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("slapd.log").toFile())
                .start();
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                admin = new LDAPConnection("localhost", port, ADMIN, PASSWORD);
                return;
            } catch (LDAPException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw new IllegalStateException(
                            "slapd does not start: " + Files.readString(directory.resolve("slapd.log")), e);
                }
                // no other sign tells that a foreign process listens
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    void stop() {
        admin.close();
        process.destroy();
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://localhost:" + (scheme.equals("ldaps") ? tlsPort : port));
    }

    /** A connection that lasts until the next stop. */
    LDAPConnection admin() {
        return admin;
    }

    static String person(String uid) {
        return "uid=" + uid + ",ou=people," + SUFFIX;
    }

    static String group(String cn) {
        return "cn=" + cn + ",ou=groups," + SUFFIX;
    }

    void addPerson(String uid, String... addresses) throws LDAPException, LDIFException {
        Stream<String> entry = Stream.of(
                "dn: " + person(uid), "objectClass: inetOrgPerson", "uid: " + uid, "cn: " + uid, "sn: " + uid);
        admin.add(Stream.concat(entry, Stream.of(addresses).map(address -> "mail: " + address))
                .toArray(String[]::new));
    }

    void addGroup(String cn, String... members) throws LDAPException, LDIFException {
        Stream<String> entry = Stream.of("dn: " + group(cn), "objectClass: groupOfNames", "cn: " + cn);
        admin.add(Stream.concat(entry, Stream.of(members).map(member -> "member: " + member))
                .toArray(String[]::new));
    }

    void modify(String... ldif) throws LDAPException, LDIFException {
        admin.modify(ldif);
    }

    @Override
    public void close() {
        stop();
    }

    private static Path binary() {
        return BINARIES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "this test needs OpenLDAP's server, and does not pass without it: apt-get install slapd"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void writeConfiguration() throws IOException {
        Files.writeString(
                directory.resolve("slapd.conf"),
                String.join(
                        "\n",
                        "include /etc/ldap/schema/core.schema",
                        "include /etc/ldap/schema/cosine.schema",
                        "include /etc/ldap/schema/inetorgperson.schema",
                        "include /etc/ldap/schema/nis.schema",
                        "pidfile " + directory.resolve("slapd.pid"),
                        "modulepath /usr/lib/ldap",
                        "moduleload back_mdb",
                        "TLSCertificateFile " + certificate.certificate(),
                        "TLSCertificateKeyFile " + certificate.key(),
                        "database mdb",
                        "suffix \"" + SUFFIX + "\"",
                        "rootdn \"" + ADMIN + "\"",
                        "rootpw " + PASSWORD,
                        "directory " + directory.resolve("db"),
                        // only a crash of the whole machine would lose something
                        "dbnosync",
                        // a user who may see that a group exists, and not who is in it
                        "access to attrs=member,uniqueMember by dn=\"" + person("blind") + "\" none by * read",
                        "access to attrs=userPassword by anonymous auth",
                        "access to * by * read",
                        ""));
    }
}
