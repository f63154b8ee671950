/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.benchmarks.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;

/**
 * SMTP senders at the same time, each with one connection, pipelined: {@code MAIL}, {@code RCPT}s and {@code DATA} in one segment.
 *
 * @param senders connections at a time
 * @param messages how many in all
 * @param body what every mail holds, from its header on, without the final line with the dot
 * @param recipients of the n-th mail
 * @param startTls what to trust; empty for cleartext
 */
record Load(
        int senders, int messages, String body, IntFunction<List<String>> recipients, Optional<SSLContext> startTls) {

    /** Without TLS. */
    Load(int senders, int messages, String body, IntFunction<List<String>> recipients) {
        this(senders, messages, body, recipients, Optional.empty());
    }

    /** A mail of about so many bytes, in lines of 78 characters. */
    static String message(int bytes) {
        StringBuilder text = new StringBuilder(bytes + 512);
        text.append("From: <load@load.example>\r\nTo: <somebody@sink.example>\r\nSubject: benchmark\r\n"
                + "Date: Mon, 23 Nov 2026 00:00:00 +0000\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=us-ascii\r\n\r\n");
        String line = "0123456789 ".repeat(7) + "x\r\n";
        while (text.length() < bytes) {
            text.append(line);
        }
        return text.toString();
    }

    /**
     * Hands all of them to a server.
     *
     * @param round makes the names of the mails differ from those of other rounds
     * @throws IOException if one is refused
     */
    void send(int port, String round) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                running.add(threads.submit(() -> {
                    sendFromOne(port, round, next);
                    return null;
                }));
            }
            for (Future<?> sender : running) {
                try {
                    sender.get();
                } catch (ExecutionException e) {
                    throw new IOException("a sender failed: " + e.getCause(), e.getCause());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void sendFromOne(int port, String round, AtomicInteger next) throws IOException {
        try (Socket plain = new Socket();
                Socket socket = greeted(plain, port)) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
            OutputStream out = socket.getOutputStream();
            out.write(Sink.bytes("EHLO load.example\r\n"));
            expect(in, '2');
            byte[] message = Sink.bytes(body + ".\r\n");
            for (int n = next.getAndIncrement(); n < messages; n = next.getAndIncrement()) {
                List<String> to = recipients.apply(n);
                StringBuilder envelope = new StringBuilder("MAIL FROM:<" + round + "-" + n + "@load.example>\r\n");
                to.forEach(each -> envelope.append("RCPT TO:<").append(each).append(">\r\n"));
                out.write(Sink.bytes(envelope.append("DATA\r\n").toString()));
                for (int i = 0; i <= to.size(); i++) {
                    expect(in, '2');
                }
                expect(in, '3');
                out.write(message);
                expect(in, '2');
            }
            out.write(Sink.bytes("QUIT\r\n"));
        }
    }

    private Socket greeted(Socket socket, int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setSoTimeout(120_000);
        expect(socket.getInputStream(), '2');
        if (startTls.isEmpty()) {
            return socket;
        }
        socket.getOutputStream().write(Sink.bytes("EHLO load.example\r\n"));
        expect(socket.getInputStream(), '2');
        socket.getOutputStream().write(Sink.bytes("STARTTLS\r\n"));
        expect(socket.getInputStream(), '2');
        return startTls.get().getSocketFactory().createSocket(socket, "localhost", port, true);
    }

    private static void expect(InputStream in, char kind) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the server has closed the connection");
            }
            if (c != '\n') {
                line.append((char) c);
            } else if (line.length() > 3 && line.charAt(3) == '-') {
                line.setLength(0);
            } else if (line.length() > 0 && line.charAt(0) == kind) {
                return;
            } else {
                throw new IOException("the server said " + line.toString().trim() + " (expected: " + kind + "xx)");
            }
        }
    }
}
