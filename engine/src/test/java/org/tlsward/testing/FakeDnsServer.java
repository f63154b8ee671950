/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.Message;

/** A DNS server on a loopback port, UDP and TCP, that answers what a function says; nothing where it says nothing. */
public final class FakeDnsServer implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicInteger overUdp = new AtomicInteger();
    private final AtomicInteger overTcp = new AtomicInteger();

    /** Starts with one function for each transport. */
    public FakeDnsServer(
            Function<Message, Optional<Message>> udpAnswer, Function<Message, Optional<Message>> tcpAnswer) {
        Sockets sockets = Sockets.open();
        tcp = sockets.tcp();
        udp = sockets.udp();
        start(() -> serveUdp(udpAnswer));
        start(() -> serveTcp(tcpAnswer));
    }

    /** One port for both transports: one that is free for TCP need not be free for UDP. */
    private record Sockets(ServerSocket tcp, DatagramSocket udp) {
        private static final int TRIES = 50;

        static Sockets open() {
            for (int i = 1; ; i++) {
                try {
                    ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    try {
                        return new Sockets(
                                tcp, new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress()));
                    } catch (IOException e) {
                        tcp.close();
                        throw e;
                    }
                } catch (IOException e) {
                    if (i == TRIES) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        return; // closed
                    }
                },
                "fake-dns");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp(Function<Message, Optional<Message>> answer) throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            udp.receive(packet);
            overUdp.incrementAndGet();
            Optional<Message> reply = answer.apply(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
            if (reply.isPresent()) {
                byte[] octets = reply.get().toWire();
                udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp(Function<Message, Optional<Message>> answer) throws IOException {
        while (true) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                overTcp.incrementAndGet();
                Optional<Message> reply = answer.apply(new Message(query));
                if (reply.isPresent()) {
                    byte[] octets = reply.get().toWire();
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(octets.length);
                    out.write(octets);
                    out.flush();
                }
            }
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** How many queries came over UDP. */
    public int queriesOverUdp() {
        return overUdp.get();
    }

    /** How many queries came over TCP. */
    public int queriesOverTcp() {
        return overTcp.get();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
