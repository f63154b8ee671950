/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Somebody else's mail server: takes everything, and remembers every byte that came before the handshake and every message that came after
 * it. TLS can be switched on while it runs, as a partner does who mends his server.
 */
final class RemoteServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final StringBuilder cleartext = new StringBuilder();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> recipients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Optional<SSLContext> tls;
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private volatile long millisForEachMessage;
    private volatile boolean knowsRequireTls;
    private volatile boolean refusing;

    RemoteServer(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        Thread acceptor = new Thread(this::accept, "remote-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Takes that long over each message, so that mail waits at the sender's. */
    void slowDown(long millis) {
        millisForEachMessage = millis;
    }

    /** Says 550 to every recipient. */
    RemoteServer refuseRecipients() {
        refusing = true;
        return this;
    }

    void offerTls(SSLContext context) {
        tls = Optional.of(context);
    }

    /** Lists REQUIRETLS inside TLS from now on. */
    void learnRequireTls() {
        knowsRequireTls = true;
    }

    /** Every MAIL command, those in cleartext in brackets. */
    List<String> senders() {
        return List.copyOf(senders);
    }

    /** Everything that clients sent before a handshake, commands included. */
    String cleartext() {
        synchronized (cleartext) {
            return cleartext.toString();
        }
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    List<String> recipients() {
        return List.copyOf(recipients);
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Thread session = new Thread(() -> converse(socket), "remote-session");
                session.setDaemon(true);
                session.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void converse(Socket plain) {
        try (Socket socket = plain) {
            socket.setTcpNoDelay(true);
            new Session(socket).run();
        } catch (IOException e) {
            // the client went away; what it sent before is what counts
        }
    }

    private final class Session {
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private boolean secure;

        Session(Socket socket) throws IOException {
            use(socket);
        }

        private void use(Socket next) throws IOException {
            socket = next;
            in = new BufferedInputStream(next.getInputStream());
            out = next.getOutputStream();
        }

        void run() throws IOException {
            reply("220 mx.partner.example ESMTP");
            for (String line = line(); line != null; line = line()) {
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> greet();
                    case "STARTTLS" -> startTls();
                    case "MAIL" -> {
                        senders.add(secure ? line : "[" + line + "]");
                        reply("250 2.1.0 ok");
                    }
                    case "RCPT" -> {
                        recipients.add(line.replaceAll(".*<|>.*", ""));
                        reply(refusing ? "550 5.1.1 no such mailbox" : "250 2.1.5 ok");
                    }
                    case "DATA" -> data();
                    case "QUIT" -> {
                        reply("221 2.0.0 bye");
                        return;
                    }
                    default -> reply("250 2.0.0 ok");
                }
            }
        }

        private void greet() throws IOException {
            String starttls = tls.isPresent() && !secure ? "250-STARTTLS\r\n" : "";
            String requireTls = knowsRequireTls && secure ? "250-REQUIRETLS\r\n" : "";
            reply("250-mx.partner.example\r\n" + starttls + requireTls
                    + "250-8BITMIME\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES");
        }

        private void startTls() throws IOException {
            if (tls.isEmpty()) {
                reply("502 5.5.1 not implemented");
                return;
            }
            reply("220 2.0.0 go ahead");
            SSLSocket wrapped =
                    (SSLSocket) tls.get().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            wrapped.setUseClientMode(false);
            wrapped.startHandshake();
            use(wrapped);
            secure = true;
        }

        private void data() throws IOException {
            reply("354 go ahead");
            StringBuilder message = new StringBuilder();
            for (String line = line(); line != null; line = line()) {
                if (line.equals(".")) {
                    pause();
                    messages.add(message.toString());
                    reply("250 2.0.0 taken");
                    return;
                }
                message.append(line).append('\n');
            }
        }

        private void pause() {
            try {
                Thread.sleep(millisForEachMessage);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    String text = line.toString(StandardCharsets.ISO_8859_1).replace("\r", "");
                    if (!secure) {
                        synchronized (cleartext) {
                            cleartext.append(text).append('\n');
                        }
                    }
                    return text;
                }
                line.write(c);
            }
            return null;
        }

        private void reply(String text) throws IOException {
            out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
