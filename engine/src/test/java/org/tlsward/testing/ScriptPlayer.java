/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Plays one script on one connection. */
final class ScriptPlayer {
    private static final int KEPT = 1024 * 1024;
    private static final List<String> ENDS = List.of("CLOSE", "RESET", "STALL");

    private final PeerRecord record;
    private final Map<String, Identity> identities;
    private final Map<String, SSLContext> contexts;
    private final Socket raw;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final List<Rule> rules = new ArrayList<>();
    private InputStream in;
    private OutputStream out;
    private String features = "PIPELINING, 8BITMIME";
    private String tlsFeatures = "";
    private String identity = "";
    private boolean secured;
    private boolean over;

    private static final class Rule {
        final Pattern pattern;
        final String reply;
        int skipped;

        Rule(String glob, String reply, int skipped) {
            this.pattern = glob(glob);
            this.reply = reply;
            this.skipped = skipped;
        }
    }

    ScriptPlayer(Socket raw, PeerRecord record, Map<String, Identity> identities, Map<String, SSLContext> contexts)
            throws IOException {
        this.raw = raw;
        this.record = record;
        this.identities = identities;
        this.contexts = contexts;
        this.in = new BufferedInputStream(raw.getInputStream(), 64 * 1024);
        this.out = raw.getOutputStream();
        raw.setTcpNoDelay(true);
    }

    void play(String script) throws IOException {
        for (String line : script.split("\n", -1)) {
            if (!line.isBlank() && !over) {
                step(line.strip());
            }
        }
        if (!over) {
            flush();
        }
    }

    private void step(String line) throws IOException {
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        String rest = blank < 0 ? "" : line.substring(blank + 1);
        switch (word) {
            case "S:" -> send(rest + "\r\n");
            case "INJECT" -> send(rest.replace("\\r", "\r").replace("\\n", "\n"));
            case "FLUSH" -> flush();
            case "C:" -> expect(rest);
            case "DATA" -> message();
            case "READ" -> read(Long.parseLong(rest));
            case "TLS" -> handshake(rest);
            case "TLS10" -> oldTls();
            case "HELLO" -> readOctets(5);
            case "HOLD" -> hold();
            case "DRIP" -> drip(rest);
            case "FLOOD" -> flood(rest);
            case "FEATURES" -> features = rest;
            case "TLSFEATURES" -> tlsFeatures = rest;
            case "IDENTITY" -> identity = rest;
            case "ON" -> rule(rest, 0);
            case "AFTER" -> rule(rest.substring(rest.indexOf(' ') + 1), Integer.parseInt(rest.split(" ", 2)[0]) - 1);
            case "SERVE" -> serve();
            default -> end(line);
        }
    }

    private void end(String word) throws IOException {
        flush();
        switch (word) {
            case "CLOSE" -> raw.close();
            case "RESET" -> {
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case "STALL" -> stall();
            default -> throw new IllegalArgumentException("unknown line \"" + word + "\"");
        }
        over = true;
    }

    private void stall() {
        try {
            raw.getInputStream().transferTo(OutputStream.nullOutputStream()); // whatever comes is recorded below
        } catch (IOException e) {
            record.problem("stalled until " + e.getMessage());
        }
    }

    private void hold() throws IOException {
        flush();
        try {
            new CountDownLatch(1).await(); // until the server is closed
        } catch (InterruptedException e) {
            over = true;
        }
    }

    private void rule(String text, int skipped) {
        String[] sides = text.split(" => ", 2);
        rules.add(new Rule(sides[0], sides[1], skipped));
    }

    private static Pattern glob(String glob) {
        String[] parts = glob.split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    private void send(String text) {
        waiting.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void flush() throws IOException {
        if (waiting.size() > 0) {
            out.write(waiting.toByteArray());
            out.flush();
            waiting.reset();
        }
    }

    private int octet() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException("the client has gone");
        }
        record.read(octet);
        return octet;
    }

    private String line() throws IOException {
        if (in.available() == 0) {
            flush();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = octet(); octet != '\n'; octet = octet()) {
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        String bare = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        record.command(bare);
        return bare;
    }

    private void expect(String glob) throws IOException {
        flush();
        String line = line();
        if (!glob(glob).matcher(line).matches()) {
            record.problem("expected \"" + glob + "\", got \"" + line + "\"");
            over = true;
        }
    }

    private void read(long octets) throws IOException {
        flush();
        for (long i = 0; i < octets; i++) {
            octet();
        }
    }

    private byte[] readOctets(int count) throws IOException {
        flush();
        return raw.getInputStream().readNBytes(count);
    }

    /** Strict on purpose: only CR LF . CR LF ends it, so that a test sees what a client really sent. */
    private void message() throws IOException {
        flush();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        String end = "\r\n.\r\n";
        int matched = 2; // DATA's own line end counts
        long octets = 0;
        while (matched < end.length()) {
            int octet = octet();
            octets++;
            if (kept.size() < KEPT) {
                kept.write(octet);
            }
            if (octet == end.charAt(matched)) {
                matched++;
            } else {
                matched = octet == '\r' ? 1 : 0;
            }
        }
        String content = kept.toString(StandardCharsets.ISO_8859_1);
        record.message(content.endsWith(".\r\n") ? content.substring(0, content.length() - 3) : content, octets - 3);
    }

    private void handshake(String options) throws IOException {
        flush();
        TlsSide tls = TlsSide.of(options, identities, contexts);
        TlsSide.Layer layer;
        try {
            layer = tls.accept(raw, record);
        } catch (SSLException e) {
            // A socket closed with unread input sends RST, which may overtake the alert; a well-behaved server lingers.
            record.problem("handshake: " + e.getMessage());
            raw.shutdownOutput();
            stall();
            over = true;
            return;
        }
        in = new BufferedInputStream(layer.in(), 64 * 1024);
        out = layer.out();
        secured = true;
    }

    /** A ServerHello with version 3.1 (RFC 2246 §7.4.1.3). */
    private void oldTls() throws IOException {
        byte[] header = readOctets(5);
        readOctets((header[3] & 0xFF) << 8 | (header[4] & 0xFF));
        byte[] hello = new byte[5 + 4 + 38];
        byte[] start = {0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
        System.arraycopy(start, 0, hello, 0, start.length);
        hello[hello.length - 2] = 0x2f; // TLS_RSA_WITH_AES_128_CBC_SHA
        out.write(hello);
        out.flush();
        stall();
        over = true;
    }

    private void drip(String text) throws IOException {
        flush();
        while (true) {
            for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
                out.write(octet);
                out.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private void flood(String text) throws IOException {
        flush();
        byte[] line = (text + "\r\n").repeat(50).getBytes(StandardCharsets.UTF_8);
        while (true) {
            out.write(line);
        }
    }

    private void serve() throws IOException {
        while (!over) {
            String line = line();
            String reply = rules.stream()
                    .filter(rule -> rule.pattern.matcher(line).matches())
                    .filter(rule -> rule.skipped-- <= 0)
                    .map(rule -> rule.reply)
                    .findFirst()
                    .orElseGet(() -> usual(line));
            answer(line, reply);
        }
    }

    private void answer(String line, String reply) throws IOException {
        if (ENDS.contains(reply)) {
            end(reply);
            return;
        }
        for (String text : reply.split("\\|", -1)) {
            send(text + "\r\n");
        }
        if (line.equalsIgnoreCase("STARTTLS") && reply.startsWith("220")) {
            handshake(identity);
        } else if (line.equalsIgnoreCase("DATA") && reply.startsWith("354")) {
            message();
            answer(".", ruleFor("."));
        } else if (line.equalsIgnoreCase("QUIT") || reply.startsWith("421")) {
            end("CLOSE");
        }
    }

    private String ruleFor(String line) {
        return rules.stream()
                .filter(rule -> rule.pattern.pattern().equals(glob(line).pattern()))
                .filter(rule -> rule.skipped-- <= 0)
                .map(rule -> rule.reply)
                .findFirst()
                .orElse("250 2.0.0 taken");
    }

    private String usual(String line) {
        String verb = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
        return switch (verb) {
            case "EHLO" -> ehlo();
            case "HELO" -> "250 peer.example";
            case "STARTTLS" -> identity.isEmpty() || secured ? "502 5.5.1 no TLS here" : "220 2.0.0 go ahead";
            case "MAIL", "RCPT", "RSET", "NOOP" -> "250 2.1.0 ok";
            case "DATA" -> "354 go on";
            case "AUTH" -> "235 2.7.0 welcome";
            case "QUIT" -> "221 2.0.0 bye";
            default -> "500 5.5.2 what?";
        };
    }

    private String ehlo() {
        String listed = !secured ? features : tlsFeatures.isEmpty() ? features.replace("STARTTLS", "") : tlsFeatures;
        List<String> lines = new ArrayList<>(List.of("peer.example"));
        Arrays.stream(listed.split(",", -1))
                .map(String::strip)
                .filter(keyword -> !keyword.isEmpty())
                .forEach(lines::add);
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append(i == 0 ? "" : "|")
                    .append(i == lines.size() - 1 ? "250 " : "250-")
                    .append(lines.get(i));
        }
        return reply.toString();
    }
}
