/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tlsward.testing.Identity;

/**
 * Debian's Postfix as the MX host of many domains: one port, and for each domain a loopback address, a certificate and a name in the
 * log. Mail that it takes is in the hold queue before it says 250. Everything is in a directory of its own; only root can start it.
 */
final class PostfixMx implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String MAIN =
            """
            compatibility_level = 3.6
            queue_directory = ROOT/queue
            data_directory = ROOT/data
            maillog_file = ROOT/log
            maillog_file_prefixes = /
            myhostname = postfix.example
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            alias_maps =
            alias_database =
            relay_domains = static:all
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_recipient_restrictions = check_recipient_access static:HOLD
            smtpd_peername_lookup = no
            smtpd_tls_security_level = may
            smtpd_tls_received_header = yes
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
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path root;

    private PostfixMx(Path root) {
        this.root = root;
    }

    /** Starts it with a server of that name in the log for each address. */
    static PostfixMx start(int port, Map<String, String> addresses, Map<String, Identity> identities) {
        try {
            // Its daemons run as another user, who may not enter a home directory.
            Path root = Files.createTempDirectory("tlsward-postfix-mx");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            PostfixMx postfix = new PostfixMx(root);
            postfix.configure(port, addresses, identities);
            postfix.command("start");
            return postfix;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void configure(int port, Map<String, String> addresses, Map<String, Identity> identities)
            throws IOException {
        Files.createDirectories(conf());
        Files.createDirectories(root.resolve("queue"));
        Path data = Files.createDirectories(root.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        StringBuilder master = new StringBuilder();
        addresses.forEach((name, address) ->
                master.append("%s:%d inet n - n - - smtpd -o syslog_name=%s -o smtpd_tls_chain_files=ROOT/conf/%s.pem%n"
                        .formatted(address, port, name, name)));
        for (Map.Entry<String, Identity> entry : identities.entrySet()) {
            Files.writeString(conf().resolve(entry.getKey() + ".pem"), pem(entry.getValue()));
        }
        Files.writeString(conf().resolve("main.cf"), MAIN.replace("ROOT", root.toString()));
        Files.writeString(conf().resolve("master.cf"), (master + SERVICES).replace("ROOT", root.toString()));
    }

    private static String pem(Identity identity) {
        try {
            StringBuilder text =
                    new StringBuilder(block("PRIVATE KEY", identity.key().getEncoded()));
            for (X509Certificate certificate : identity.chain()) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String block(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private void command(String command) throws IOException {
        Path output = root.resolve("output");
        Process process = new ProcessBuilder("/usr/sbin/postfix", "-c", conf().toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException("postfix " + command + " failed: " + Files.readString(output) + log());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its configuration, for other programs of Postfix. */
    Path conf() {
        return root.resolve("conf");
    }

    /** The mails for that recipient that it has said 250 to, as they are in its queue: envelope and message. */
    List<String> mailsFor(String recipient) {
        Path hold = root.resolve("queue/hold");
        try (Stream<Path> files = Files.list(hold)) {
            return files.map(PostfixMx::read)
                    .filter(mail -> mail.contains(recipient))
                    .toList();
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

    /** What a server logged at the end of each connection: the commands of the client, and how often each. */
    List<String> conversations(String name) {
        Pattern end = Pattern.compile(" " + Pattern.quote(name) + "/smtpd\\[\\d+]: disconnect from ");
        return log().lines().filter(line -> end.matcher(line).find()).toList();
    }

    /** The same, when there are as many as that: Postfix logs after the client is gone. */
    List<String> conversations(String name, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<String> all = conversations(name);
        while (all.size() < count) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("only " + all + " of " + count + " conversations: " + log());
            }
            pause();
            all = conversations(name);
        }
        return all;
    }

    private static void pause() {
        try {
            Thread.sleep(20); // the log of a foreign process is the only thing that tells
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything it has logged. */
    String log() {
        Path log = root.resolve("log");
        return Files.exists(log) ? read(log) : "";
    }

    @Override
    public void close() {
        try {
            command("stop");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
