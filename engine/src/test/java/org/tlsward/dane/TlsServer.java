/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dane;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;

/** A TLS server on loopback that shows any certificates in any order, and says nothing. */
final class TlsServer implements AutoCloseable {
    private final SSLServerSocket socket;
    private final Thread thread;

    private TlsServer(SSLServerSocket socket) {
        this.socket = socket;
        this.thread = new Thread(this::serve, "tls-server");
        thread.setDaemon(true);
    }

    static TlsServer start(PrivateKey key, List<X509Certificate> shown) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Keys(key, shown)}, null, new SecureRandom());
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        TlsServer server = new TlsServer(socket);
        server.thread.start();
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            serveOne();
        }
    }

    private void serveOne() {
        try (SSLSocket client = (SSLSocket) socket.accept()) {
            client.startHandshake();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // a client that was not content, or the end
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java's own would sort and check. */
    private static final class Keys extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final List<X509Certificate> shown;

        Keys(PrivateKey key, List<X509Certificate> shown) {
            this.key = key;
            this.shown = shown;
        }

        private String alias(String keyType) {
            return keyType.startsWith(key.getAlgorithm()) ? "server" : null;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket client) {
            return alias(keyType);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"server"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return shown.toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket server) {
            return null;
        }
    }
}
