/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Postfix as a client of other servers, with configuration, queue and log in a directory of its own: what is installed on the
 * machine is not touched, and only loopback is listened on. It has to be started by root.
 */
final class PostfixSender implements AutoCloseable {
    private static final String BINARY = "/usr/sbin/postfix";
    private static final String SERVICES =
            """
            pickup unix n - n 60 1 pickup
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
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path root;
    private final int port;

    private PostfixSender(Path root, int port) {
        this.root = root;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param settings lines of main.cf
     * @param transports lines of master.cf, one for each kind of client
     * @param files name and content of what the settings refer to as {@code CONF/name}
     */
    static PostfixSender start(List<String> settings, List<String> transports, Map<String, String> files)
            throws IOException {
        // Its daemons run as another user, who may not enter a home directory.
        Path root = Files.createTempDirectory("tlsward-postfix");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostfixSender sender = new PostfixSender(root, freePort());
        sender.configure(settings, transports, files);
        sender.postfix("start");
        return sender;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void configure(List<String> settings, List<String> transports, Map<String, String> files)
            throws IOException {
        Path conf = Files.createDirectories(root.resolve("conf"));
        Files.createDirectories(root.resolve("queue"));
        Path data = Files.createDirectories(root.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        String general =
                """
                compatibility_level = 3.6
                queue_directory = ROOT/queue
                data_directory = ROOT/data
                maillog_file = ROOT/log
                maillog_file_prefixes = /
                myhostname = client.example
                mydestination =
                inet_interfaces = 127.0.0.1
                inet_protocols = ipv4
                alias_maps =
                alias_database =
                relay_domains = static:all
                smtpd_relay_restrictions = permit_mynetworks, reject
                smtpd_peername_lookup = no
                disable_dns_lookups = yes
                default_process_limit = 20
                """;
        String main = general + String.join("\n", settings) + "\n";
        String master =
                "127.0.0.1:" + port + " inet n - n - - smtpd\n" + SERVICES + String.join("\n", transports) + "\n";
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(conf.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(conf.resolve("main.cf"), complete(main));
        Files.writeString(conf.resolve("master.cf"), complete(master));
    }

    private String complete(String text) {
        return text.replace("ROOT", root.toString())
                .replace("CONF", root.resolve("conf").toString());
    }

    private void postfix(String command) throws IOException {
        File output = root.resolve("output").toFile();
        Process process = new ProcessBuilder(BINARY, "-c", root.resolve("conf").toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start();
        if (!isDone(process) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException(
                    "postfix " + command + " failed: " + Files.readString(output.toPath()) + log());
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

    /** Where it takes mail to send. */
    int port() {
        return port;
    }

    /** Everything it has logged. */
    String log() throws IOException {
        Path log = root.resolve("log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() throws IOException {
        postfix("stop");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
