/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A name server of Debian in the foreground of a process of its own, on a loopback port. */
final class Daemon implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final List<String> command;
    private final Path log;
    private final InetSocketAddress address;
    private Process process;

    private Daemon(List<String> command, Path log, InetSocketAddress address) {
        this.command = command;
        this.log = log;
        this.address = address;
    }

    /** Starts it, and returns when it answers. */
    static Daemon start(List<String> command, Path log, InetSocketAddress address) {
        Daemon daemon = new Daemon(command, log, address);
        daemon.restart();
        return daemon;
    }

    /** A port of the loopback address that is free now, for UDP and TCP. */
    static InetSocketAddress freePort() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException last = null;
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
                return new InetSocketAddress(loopback, udp.getLocalPort());
            } catch (IOException e) {
                last = e; // somebody has this port for UDP
            }
        }
        throw new IllegalStateException(last);
    }

    /** A loopback address on which nobody has this port, for UDP and TCP. */
    static InetSocketAddress freeAddress(int port) {
        IOException last = null;
        for (int host = 1; host < 255; host++) {
            try {
                InetAddress address = InetAddress.getByAddress(new byte[] {127, 53, 53, (byte) host});
                try (ServerSocket tcp = new ServerSocket(port, 1, address);
                        DatagramSocket udp = new DatagramSocket(port, address)) {
                    return new InetSocketAddress(udp.getLocalAddress(), tcp.getLocalPort());
                }
            } catch (IOException e) {
                last = e; // another test has it
            }
        }
        throw new IllegalStateException("no loopback address has port " + port + " free", last);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Ends it and starts it again on the same port; it has forgotten everything then. */
    void restart() {
        close();
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            awaitAnswer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer() throws IOException {
        SimpleResolver client = new SimpleResolver(address);
        client.setTimeout(Duration.ofMillis(200));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Message query = Message.newQuery(Record.newRecord(Name.root, Type.SOA, 1));
        while (System.nanoTime() - end < 0 && process.isAlive()) {
            try {
                client.send(query);
                return;
            } catch (IOException e) {
                pause();
            }
        }
        String story = Files.readString(log);
        close();
        throw new IllegalStateException(command + " does not answer: " + story);
    }

    private static void pause() {
        try {
            Thread.sleep(10); // nobody tells when a foreign process is ready
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process = null;
    }
}
