/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A mail server that does no handshake without a certificate of the client that it knows. */
final class DemandingPeer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final SSLContext tls;

    /**
     * Begins to listen.
     *
     * @param own key and certificate
     * @param clients what it knows: the first certificate of that store
     */
    DemandingPeer(KeyStore own, String password, KeyStore clients) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, password.toCharArray());
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("client", clients.getCertificate("key"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(known);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        Thread thread = new Thread(this::accept, "demanding-peer");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The subjects of the certificates that clients have shown. */
    List<String> seen() {
        return seen;
    }

    List<String> commands() {
        return commands;
    }

    List<String> messages() {
        return messages;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread session = new Thread(() -> serve(socket), "demanding-session");
                session.setDaemon(true);
                session.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            say(plain, "220 mx.lab.example ESMTP");
            BufferedReader lines = reader(plain);
            for (String verb = verb(lines); !verb.isEmpty(); verb = verb(lines)) {
                if (verb.equals("STARTTLS")) {
                    say(plain, "220 2.0.0 go ahead");
                    try (SSLSocket secure = handshake(plain)) {
                        converse(secure);
                    }
                    return;
                }
                say(plain, verb.equals("EHLO") ? "250-mx.lab.example\r\n250 STARTTLS" : "250 2.0.0 ok");
            }
        } catch (IOException e) {
            // the handshake failed, or the client went away
        }
    }

    private SSLSocket handshake(Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(true);
        secure.startHandshake();
        X509Certificate client = (X509Certificate) secure.getSession().getPeerCertificates()[0];
        seen.add(client.getSubjectX500Principal().getName());
        return secure;
    }

    private void converse(SSLSocket socket) throws IOException {
        BufferedReader lines = reader(socket);
        for (String verb = verb(lines); !verb.isEmpty(); verb = verb(lines)) {
            if (verb.equals("DATA")) {
                say(socket, "354 go ahead");
                StringBuilder message = new StringBuilder();
                for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
                    message.append(line).append('\n');
                }
                messages.add(message.toString());
            }
            say(socket, "250 2.0.0 ok");
        }
    }

    private String verb(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            return "";
        }
        String verb = line.replaceFirst("[ :].*", "").toUpperCase(Locale.ROOT);
        commands.add(verb);
        return verb;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
