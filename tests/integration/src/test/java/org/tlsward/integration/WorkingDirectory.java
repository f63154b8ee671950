/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The working directory of one James: {@code conf/} of this repository with free ports, a fresh certificate, and what a test replaces. */
final class WorkingDirectory {
    private final Path root;
    private final Map<Port, Integer> ports = new EnumMap<>(Port.class);

    private WorkingDirectory(Path root) {
        this.root = root;
    }

    /** Makes one below {@code target/}, from {@code conf/} and then the overlays (folders of src/test/resources) in this order. */
    static WorkingDirectory create(String name, String... overlays) throws IOException, InterruptedException {
        Path root = Project.target("james").resolve(name);
        deleteAll(root);
        WorkingDirectory directory = new WorkingDirectory(root);
        Files.createDirectories(root.resolve("extensions-jars"));
        Files.createDirectories(root.resolve("var"));
        copyAll(Project.path("conf"), root.resolve("conf"));
        for (String overlay : overlays) {
            copyAll(Project.path("tests/integration/src/test/resources").resolve(overlay), root.resolve("conf"));
        }
        Files.deleteIfExists(directory.conf("imapserver.xml")); // not of interest, and its ports may be taken
        directory.choosePorts();
        directory.makeCertificate();
        return directory;
    }

    Path root() {
        return root;
    }

    Path conf(String file) {
        return root.resolve("conf").resolve(file);
    }

    Path log() {
        return root.resolve("james.log");
    }

    int port(Port port) {
        return ports.get(port);
    }

    /** Drops our JAR where James looks for extensions. */
    WorkingDirectory withExtension() throws IOException {
        Files.copy(Project.bundle(), root.resolve("extensions-jars/tlsward-james38.jar"));
        return this;
    }

    /** Takes recipients for granted that are no users: a dialog need not make a user for each. */
    WorkingDirectory withoutUserCheck() throws IOException {
        return replace(
                "smtpserver.xml", "<handler class=\"org.apache.james.smtpserver.fastfail.ValidRcptHandler\"/>", "");
    }

    /** Replaces text in a file of {@code conf/}; the text must be there. */
    WorkingDirectory replace(String file, String from, String to) throws IOException {
        String text = Files.readString(conf(file));
        if (!text.contains(from)) {
            throw new IllegalArgumentException("conf/" + file + " has no \"" + from + "\"");
        }
        Files.writeString(conf(file), text.replace(from, to));
        return this;
    }

    private void choosePorts() throws IOException {
        for (Port port : Port.values()) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.put(port, socket.getLocalPort());
            }
        }
        for (String file : List.of("smtpserver.xml", "webadmin.properties")) {
            String text = Files.readString(conf(file));
            for (Port port : Port.values()) {
                text = text.replaceAll("\\b" + port.configured() + "\\b", Integer.toString(ports.get(port)));
            }
            Files.writeString(conf(file), text);
        }
    }

    /** What an admin would have: key and certificate where {@code smtpserver.xml} names them. */
    private void makeCertificate() throws IOException, InterruptedException {
        Path tls = Files.createDirectories(root.resolve("var/tls"));
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=mail.klinik.example",
                        "-addext",
                        "subjectAltName=DNS:mail.klinik.example",
                        "-keyout",
                        tls.resolve("key.pem").toString(),
                        "-out",
                        tls.resolve("certificate.pem").toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("openssl.log").toFile())
                .start();
        if (!openssl.waitFor(60, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
            throw new IllegalStateException(
                    "openssl made no certificate: " + RunningJames.read(root.resolve("openssl.log")));
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void deleteAll(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
