/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where the servers of a run live: a CA and the certificate of the sinks, made for this run, and a folder for each server.
 *
 * @param directory empty at the beginning
 * @param project the checkout, built
 */
record Site(Path directory, Path project) {
    private static final String PASSWORD = "changeit";

    /** The names in the certificate of the sinks. */
    static final List<String> NAMES = List.of("mx.sink.example", "localhost");

    /** Makes CA and certificate (ECDSA P-256). */
    void makeCertificates() throws IOException {
        Files.createDirectories(pki("x").getParent());
        Files.writeString(
                pki("names"),
                "subjectAltName=DNS:" + String.join(",DNS:", NAMES) + "\nbasicConstraints=critical,CA:FALSE\n");
        List<String> key = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes");
        openssl(key, "req", "-x509", "-days", "30", "-subj", "/CN=Benchmark CA", "-keyout", "ca.key", "-out", "ca.crt");
        openssl(key, "req", "-subj", "/CN=mx.sink.example", "-keyout", "sink.key", "-out", "sink.csr");
        openssl(
                List.of("-CAcreateserial", "-extfile", "names", "-days", "30"),
                "x509",
                "-req",
                "-in",
                "sink.csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-out",
                "sink.crt");
        openssl(
                List.of("-passout", "pass:" + PASSWORD),
                "pkcs12",
                "-export",
                "-inkey",
                "sink.key",
                "-in",
                "sink.crt",
                "-out",
                "sink.p12");
        run(
                pki("x").getParent(),
                List.of(
                        java("keytool"),
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "ca",
                        "-file",
                        "ca.crt",
                        "-keystore",
                        "ca.p12",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD));
    }

    Path pki(String file) {
        return directory.resolve("pki").resolve(file);
    }

    /** A program of the JDK that runs this one. */
    static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private void openssl(List<String> more, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        command.addAll(more);
        run(pki("x").getParent(), command);
    }

    /** Runs a program that has to succeed. */
    void run(Path where, List<String> command) throws IOException {
        File output = directory.resolve("output").toFile();
        try {
            int status = new ProcessBuilder(command)
                    .directory(where.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException(command + " ended with " + status + ": " + Files.readString(output.toPath()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The TLS of the sinks. */
    SSLContext sinkTls() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(pki("sink.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** What trusts the CA. */
    SSLContext clientTls() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(pki("ca.p12").toFile(), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** A configuration file of ours with its words in capitals and at signs filled in. */
    static String template(String name, String... words) throws IOException {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i < words.length; i += 2) {
                text = text.replace("@" + words[i] + "@", words[i + 1]);
            }
            return text;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
