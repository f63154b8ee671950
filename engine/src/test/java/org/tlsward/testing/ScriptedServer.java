/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Plays scripts on a loopback port, one for each connection in turn; the last one is played for all further connections.
 *
 * <pre>
 * S: 220 mx.example ESMTP     send a line; lines wait until the script reads, so that several go in one packet
 * INJECT 250 evil\r\n         send octets with the lines before, without a line end of its own
 * FLUSH                       send what waits
 * C: EHLO *                   read a line that must match (* stands for anything)
 * DATA                        read a message up to CRLF.CRLF
 * READ 10000                  read that many octets
 * TLS good [TLSv1.2] [wants-client] [needs-client]   complete a handshake with that identity
 * TLS10, TLS11                answer the ClientHello as a server that knows TLS 1.0 or 1.1 only
 * HELLO                       read the ClientHello and say nothing
 * STALL                       do nothing until the client has gone
 * HOLD                        do not even read
 * DRIP 2                      send this text again and again, an octet every few milliseconds
 * FLOOD 250-more              send this line again and again, as fast as it goes
 * CLOSE, RESET                end the connection, by FIN or by RST
 *
 * SERVE                       behave like a server from here on, by the rules that stand before:
 * FEATURES STARTTLS, SIZE 99  what EHLO lists outside TLS
 * TLSFEATURES PIPELINING      what EHLO lists inside TLS (default: the same without STARTTLS)
 * IDENTITY good TLSv1.2       what STARTTLS shows, with the options of TLS
 * INSTEAD HELLO, RESET        what comes after 220 in place of the handshake: lines as above, separated by commas
 * ON RCPT TO:&lt;bad* =&gt; 550 5.1.1 unknown      the reply to matching lines; the final dot is the line "."; several lines
 *                             of a reply are separated by |; CLOSE, RESET and STALL are replies too
 * AFTER 3 MAIL* =&gt; 421 bye     the same, from the third matching line of the connection on
 * </pre>
 */
public final class ScriptedServer implements AutoCloseable {
    private final List<String> scripts;
    private final Map<String, Identity> identities;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<PeerRecord> records = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> ends = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();

    private final CountDownLatch accepting = new CountDownLatch(1);

    private ScriptedServer(InetSocketAddress address, Map<String, Identity> identities, List<String> scripts)
            throws IOException {
        this.scripts = scripts;
        this.identities = identities;
        this.listener = new TeeServerSocket(address);
    }

    /** Listens on 127.0.0.1. */
    public static ScriptedServer start(Map<String, Identity> identities, String... scripts) {
        return startOn(InetAddress.getLoopbackAddress(), identities, scripts);
    }

    /** Listens on that address. */
    public static ScriptedServer startOn(InetAddress address, Map<String, Identity> identities, String... scripts) {
        return startOn(new InetSocketAddress(address, 0), identities, scripts);
    }

    /** Listens on that address and port, for several hosts with one port. */
    public static ScriptedServer startOn(
            InetSocketAddress address, Map<String, Identity> identities, String... scripts) {
        try {
            ScriptedServer server = new ScriptedServer(address, identities, List.of(scripts));
            server.threads.execute(server::accept);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        try {
            acceptAll();
        } finally {
            accepting.countDown();
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                TeeSocket socket = (TeeSocket) listener.accept();
                int number = records.size();
                CountDownLatch end = new CountDownLatch(1);
                open.add(socket);
                ends.add(end);
                records.add(socket.received);
                String script = scripts.get(Math.min(number, scripts.size() - 1));
                threads.execute(() -> play(socket, script, end));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void play(TeeSocket socket, String script, CountDownLatch end) {
        try (socket) {
            new ScriptPlayer(socket, socket.received, identities, contexts).play(script);
        } catch (IOException e) {
            socket.received.problem("ended: " + e);
        } catch (RuntimeException e) {
            socket.received.problem("broken script: " + e);
        } finally {
            open.remove(socket);
            end.countDown();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The port. */
    public int port() {
        return address().getPort();
    }

    /** One record for each connection so far, in order; some may still be going on. */
    public List<PeerRecord> connections() {
        return List.copyOf(records);
    }

    /** The record of a connection that has ended; waits for its end. */
    public PeerRecord ended(int number) {
        try {
            if (!ends.get(number).await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("connection " + number + " goes on: " + records.get(number));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return records.get(number);
    }

    /** The only connection, after its end. */
    public PeerRecord only() {
        if (records.size() != 1) {
            throw new AssertionError("not one connection but " + records);
        }
        return ended(0);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
            // The port is free when nobody waits at it any more, which may be later than close() comes back.
            if (!accepting.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still listening");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class TeeServerSocket extends ServerSocket {
        TeeServerSocket(InetSocketAddress address) throws IOException {
            bind(address);
        }

        @Override
        public Socket accept() throws IOException {
            TeeSocket socket = new TeeSocket();
            implAccept(socket);
            return socket;
        }
    }

    /** Records what comes, below TLS. */
    private static final class TeeSocket extends Socket {
        final PeerRecord received = new PeerRecord();

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int count = in.read(target, offset, length);
                    if (count > 0) {
                        received.received(target, offset, count);
                    }
                    return count;
                }
            };
        }
    }
}
