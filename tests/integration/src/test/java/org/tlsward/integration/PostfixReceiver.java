/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Postfix as somebody else's mail server, set up in four ways on four ports, with configuration, queue and mailbox in a directory of
 * its own: what is installed on the machine is not touched, and only loopback is listened on. It has to be started by root.
 */
final class PostfixReceiver implements AutoCloseable {
    private static final String MAIN =
            """
            compatibility_level = 3.6
            queue_directory = ROOT/queue
            data_directory = ROOT/data
            maillog_file = ROOT/log
            maillog_file_prefixes = /
            myhostname = mx.ca.example
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            alias_maps =
            alias_database =
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_peername_lookup = no
            smtpd_tls_received_header = yes
            virtual_mailbox_domains = static:all
            virtual_mailbox_base = ROOT/mail
            virtual_mailbox_maps = static:new-mail/
            virtual_uid_maps = static:65534
            virtual_gid_maps = static:65534
            """;

    private static final String SERVICES =
            """
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    /** The ways in which it is set up. */
    enum Kind {
        CLEARTEXT("-o smtpd_tls_security_level=none"),
        SELF_SIGNED("-o smtpd_tls_security_level=may -o smtpd_tls_chain_files=ROOT/conf/self.pem"),
        TEST_CA("-o smtpd_tls_security_level=may -o smtpd_tls_chain_files=ROOT/conf/leaf.pem"),
        TLS13_ONLY("-o smtpd_tls_security_level=may -o smtpd_tls_chain_files=ROOT/conf/leaf.pem"
                + " -o smtpd_tls_protocols=>=TLSv1.3");

        private final String options;

        Kind(String options) {
            this.options = options;
        }
    }

    private final Path root;
    private final Map<Kind, Integer> ports = new EnumMap<>(Kind.class);

    private PostfixReceiver(Path root) {
        this.root = root;
    }

    static PostfixReceiver start() throws Exception {
        // Its daemons run as other users, who may not enter a home directory.
        Path root = Files.createTempDirectory("tlsward-postfix-peer");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixReceiver receiver = new PostfixReceiver(root);
        receiver.configure();
        receiver.makeCertificates();
        receiver.run("/usr/sbin/postfix", "-c", receiver.conf("").toString(), "start");
        return receiver;
    }

    private Path conf(String file) {
        return root.resolve("conf").resolve(file);
    }

    private void configure() throws IOException {
        Files.createDirectories(conf(""));
        Files.createDirectories(root.resolve("queue"));
        own(Files.createDirectories(root.resolve("data")), "postfix");
        own(Files.createDirectories(root.resolve("mail")), "nobody");
        StringBuilder master = new StringBuilder();
        for (Kind kind : Kind.values()) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(kind, socket.getLocalPort());
            }
            master.append("127.0.0.1:")
                    .append(ports.get(kind))
                    .append(" inet n - n - - smtpd ")
                    .append(kind.options);
            master.append('\n');
        }
        Files.writeString(conf("main.cf"), MAIN.replace("ROOT", root.toString()));
        Files.writeString(conf("master.cf"), (master + SERVICES).replace("ROOT", root.toString()));
    }

    private static void own(Path directory, String user) throws IOException {
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }

    /** A self-signed certificate, a CA and one of its certificates, all for the same name, and the CA as James wants it. */
    private void makeCertificates() throws Exception {
        String name = "subjectAltName=DNS:mx.ca.example";
        String[] key = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"};
        openssl(
                key,
                "req",
                "-x509",
                "-subj",
                "/CN=self",
                "-addext",
                name,
                "-keyout",
                file("self.key"),
                "-out",
                file("self.crt"));
        openssl(key, "req", "-x509", "-subj", "/CN=Test CA", "-keyout", file("ca.key"), "-out", file("ca.crt"));
        openssl(
                key,
                "req",
                "-x509",
                "-subj",
                "/CN=leaf",
                "-addext",
                name,
                "-addext",
                "basicConstraints=critical,CA:FALSE",
                "-CA",
                file("ca.crt"),
                "-CAkey",
                file("ca.key"),
                "-keyout",
                file("leaf.key"),
                "-out",
                file("leaf.crt"));
        for (String each : List.of("self", "leaf")) {
            Files.writeString(
                    conf(each + ".pem"), Files.readString(conf(each + ".key")) + Files.readString(conf(each + ".crt")));
        }
        run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                file("ca.crt"),
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file("ca.p12"));
    }

    private String file(String name) {
        return conf(name).toString();
    }

    private void openssl(String[] key, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(key));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        File output = root.resolve("output").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start();
        if (!isDone(process) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException(
                    String.join(" ", command) + " failed: " + Files.readString(output.toPath()) + log());
        }
    }

    private static boolean isDone(Process process) {
        try {
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    int port(Kind kind) {
        return ports.get(kind);
    }

    /** The CA of the test, PKCS#12 with the password {@code changeit}. */
    Path trustStore() {
        return conf("ca.p12");
    }

    /** The mail for that address as it lies in the mailbox, with the header lines that tell how it came. */
    Optional<String> mailFor(String address) {
        Path mails = root.resolve("mail/new-mail/new");
        if (!Files.isDirectory(mails)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(mails)) {
            return files.map(PostfixReceiver::read)
                    .filter(mail -> mail.toLowerCase(Locale.ROOT).contains("delivered-to: " + address + "\n"))
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything it has logged: every address that a client named is in it. */
    String log() throws IOException {
        Path log = root.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws IOException {
        run("/usr/sbin/postfix", "-c", conf("").toString(), "stop");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
