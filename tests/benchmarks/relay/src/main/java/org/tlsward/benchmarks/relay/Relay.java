/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server under test: takes mail on a port of the loopback interface and sends it to the sink. */
abstract class Relay implements AutoCloseable {
    private final String name;
    private final Site site;
    private final Path directory;
    private final int port;
    private final ProcessGroup group;

    Relay(String name, Site site) throws IOException {
        this.name = name;
        this.site = site;
        this.directory = Files.createDirectories(site.directory().resolve(name));
        this.port = Site.freePort();
        this.group = ProcessGroup.named(name);
    }

    /** Writes its configuration. */
    abstract void configure() throws IOException;

    /** Runs it until it is ended by a signal. */
    abstract List<String> command() throws IOException;

    final void start() throws IOException, InterruptedException {
        configure();
        Process process = new ProcessBuilder(group.enter(command()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        for (int i = 0; i < 600; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.getInputStream().read() == '2') {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive()) {
                    break;
                }
            }
            Thread.sleep(200);
        }
        throw new IOException(name + " did not start, see " + log());
    }

    final String name() {
        return name;
    }

    final int port() {
        return port;
    }

    final Site site() {
        return site;
    }

    final Path directory() {
        return directory;
    }

    final Path log() {
        return directory.resolve("log");
    }

    final ProcessGroup group() {
        return group;
    }

    final void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Override
    public void close() throws IOException {
        group.end();
    }
}
