/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.smtp;

import java.util.List;

/**
 * Hears a conversation as it goes, for whoever wants to see it. Secrets are cut out; what follows DATA is not told. Only commands that
 * wait for their reply one by one are heard, which are all up to the transaction.
 */
public interface Transcript {
    /** Hears nothing. */
    Transcript NONE = new Transcript() {
        @Override
        public void connecting(ServerName server) {}

        @Override
        public void sent(String command) {}

        @Override
        public void received(int code, List<String> lines) {}

        @Override
        public void secured(String protocol, String cipherSuite) {}

        @Override
        public void failed(String why) {}
    };

    /** A new connection; what comes is in cleartext until {@link #secured}. */
    void connecting(ServerName server);

    /** We said that. */
    void sent(String command);

    /** The server said that, line by line without code and separator. */
    void received(int code, List<String> lines);

    /** The handshake is complete: from here on everything is inside TLS. */
    void secured(String protocol, String cipherSuite);

    /** The connection cannot be used any more. */
    void failed(String why);
}
