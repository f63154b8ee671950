/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one connection brought to a {@link ScriptedServer}. */
public final class PeerRecord {
    private static final int MOST = 4 * 1024 * 1024;

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final ByteArrayOutputStream cleartext = new ByteArrayOutputStream();
    private final ByteArrayOutputStream insideTls = new ByteArrayOutputStream();
    private final List<String> commands = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private Optional<String> sni = Optional.empty();
    private Optional<String> clientCertificate = Optional.empty();
    private String tlsSession = "";
    private boolean secured;
    private long messageOctets;

    synchronized void received(byte[] octets, int offset, int length) {
        if (wire.size() < MOST) {
            wire.write(octets, offset, length);
        }
    }

    synchronized void read(int octet) {
        ByteArrayOutputStream target = secured ? insideTls : cleartext;
        if (target.size() < MOST) {
            target.write(octet);
        }
    }

    synchronized void command(String line) {
        commands.add(line);
    }

    synchronized void message(String content, long octets) {
        messages.add(content);
        messageOctets += octets;
    }

    synchronized void problem(String text) {
        problems.add(text);
    }

    synchronized void secured(Optional<String> serverName, Optional<String> client, String session) {
        secured = true;
        tlsSession = session;
        sni = serverName;
        clientCertificate = client;
    }

    /** Every octet that came over TCP, TLS records and all (at most 4 MiB), one character an octet. */
    public synchronized String wire() {
        return wire.toString(StandardCharsets.ISO_8859_1);
    }

    /** What was read outside TLS. */
    public synchronized String cleartext() {
        return cleartext.toString(StandardCharsets.ISO_8859_1);
    }

    /** What was read inside TLS, decrypted. */
    public synchronized String insideTls() {
        return insideTls.toString(StandardCharsets.ISO_8859_1);
    }

    /** Command lines, outside and inside TLS. */
    public synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /** Messages as they came after DATA: dots still doubled, without the final dot, cut at 1 MiB. */
    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /** Octets of all messages, uncut. */
    public synchronized long messageOctets() {
        return messageOctets;
    }

    /** Where the client did not do what the script says. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** The server name that the client asked for. */
    public synchronized Optional<String> sni() {
        return sni;
    }

    /** The subject of the client's certificate. */
    public synchronized Optional<String> clientCertificate() {
        return clientCertificate;
    }

    /** What identifies the TLS session: equal for a session that was resumed with TLS 1.2. */
    public synchronized String tlsSession() {
        return tlsSession;
    }

    /** True if a handshake was completed. */
    public synchronized boolean isSecured() {
        return secured;
    }

    @Override
    public String toString() {
        return commands() + " " + problems();
    }
}
