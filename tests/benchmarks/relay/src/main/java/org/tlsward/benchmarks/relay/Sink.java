/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The server at the other end: takes every mail over STARTTLS as fast as it comes, never stalls a sender (TCP_NODELAY, replies to a
 * pipelined group in one segment), counts, and keeps nothing. A thread for each connection.
 *
 * <p>A mail is known by the local part of its envelope sender, which relays do not change.
 */
final class Sink implements AutoCloseable {
    private final ServerSocket server;
    private final SSLContext tls;
    private final Arrivals arrivals;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong cleartext = new AtomicLong();

    /** Listens on a port of the loopback interface that the kernel chooses. */
    Sink(SSLContext tls, Arrivals arrivals) throws IOException {
        this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        this.tls = tls;
        this.arrivals = arrivals;
        daemon("sink", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections since the start. */
    long connections() {
        return connections.get();
    }

    /** Mails that came without TLS. More than none is an error of the set-up. */
    long cleartext() {
        return cleartext.get();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                daemon("sink connection", () -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            SinkSession plain = new SinkSession(socket);
            plain.reply("220 sink.example ESMTP\r\n");
            plain.flush();
            if (!talk(plain, false)) {
                return;
            }
            try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, false)) {
                secure.setUseClientMode(false);
                talk(new SinkSession(secure), true);
            }
        } catch (IOException e) {
            // The peer is gone; what it did not finish it has not delivered.
        }
    }

    /** Talks until the end; true if STARTTLS was asked for. */
    private boolean talk(SinkSession session, boolean secure) throws IOException {
        String id = "";
        int recipients = 0;
        for (String line = session.line(); line != null; line = session.line()) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
            switch (verb) {
                case "EHLO" -> session.reply("250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n"
                        + (secure ? "" : "250-STARTTLS\r\n") + "250 SIZE 104857600\r\n");
                case "STAR" -> {
                    session.reply("220 go ahead\r\n");
                    session.flush();
                    return true;
                }
                case "MAIL" -> {
                    id = localPart(line);
                    recipients = 0;
                    session.reply("250 ok\r\n");
                }
                case "RCPT" -> {
                    recipients++;
                    session.reply("250 ok\r\n");
                }
                case "DATA" -> {
                    session.reply("354 go ahead\r\n");
                    session.flush();
                    session.skipMessage();
                    if (!secure) {
                        cleartext.incrementAndGet();
                    }
                    arrivals.add(id, recipients);
                    session.reply("250 taken\r\n");
                }
                case "QUIT" -> {
                    session.reply("221 bye\r\n");
                    session.flush();
                    return false;
                }
                default -> session.reply("250 ok\r\n");
            }
            session.flushIfDrained();
        }
        return false;
    }

    private static String localPart(String mailFrom) {
        int begin = mailFrom.indexOf('<') + 1;
        int end = mailFrom.indexOf('@', begin);
        return end < 0 ? "" : mailFrom.substring(begin, end);
    }

    /** Bytes of a line. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
