/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tlsward.testing.LevelPeers;
import org.tlsward.testing.LevelTable;
import org.tlsward.testing.LevelTable.Cell;
import org.tlsward.testing.ScriptedServer;

/**
 * Postfix sends one mail to every server of docs/levels.md at every level that it has too, and delivers it inside TLS, in cleartext or not, as the table says;
 * or the table of differences says what it does, and why. That the first table is true of us, {@code LevelPeerTableTest} shows.
 *
 * <p>There is no DNS: the next hop is an address, and the names that Postfix would get from an MX look-up are given with {@code match}.
 */
class PostfixAgreementTest {
    private static final LevelTable TABLE = LevelTable.read(Project.path("docs/levels.md"));
    private static final List<String> LEVELS = List.of("none", "may", "encrypt", "verify", "secure", "fingerprint");
    private static final Pattern RESULT = Pattern.compile("to=<([a-z]+)@p(\\d+)\\.example>.* status=(\\w+) \\((.*)");
    private static final Duration PATIENCE = Duration.ofSeconds(80);
    private static final String WAITS = "waits";
    /** Of mail at {@code may}: its second attempt may end in cleartext where the first did not, the third cannot differ. */
    private static final int ATTEMPTS = 3;

    private final Map<String, ScriptedServer> servers = new LinkedHashMap<>();

    @AfterEach
    void closeServers() {
        servers.values().forEach(ScriptedServer::close);
    }

    @Test
    void postfixShouldDeliverAndDeferTheSame() throws Exception {
        assumeTrue(
                Files.getOwner(Path.of("/proc/self")).getName().equals("root"), "Postfix can be started by root only");
        List<String> names = TABLE.cells().stream().map(Cell::server).distinct().toList();
        names.forEach(name -> servers.put(name, LevelPeers.named(name).start()));

        Map<String, String> seen = verdictsOfPostfix(names);

        Map<String, String> expected = new TreeMap<>();
        for (Cell cell : TABLE.cells()) {
            if (LEVELS.contains(cell.level())) {
                expected.put(key(cell.level(), cell.server()), isDelivered(cell) ? cell.word() : WAITS);
            }
        }
        TABLE.postfix().forEach(difference -> difference.levels().forEach(level -> {
            String before = expected.put(key(level, difference.server()), difference.postfix());
            assertThat(before).as("here, " + difference).isEqualTo(difference.here());
            assertThat(before).as("a difference, " + difference).isNotEqualTo(difference.postfix());
        }));
        assertThat(lines(seen)).isEqualTo(lines(expected));
    }

    private static String key(String level, String server) {
        return server + ", " + level;
    }

    private static boolean isDelivered(Cell cell) {
        return cell.word().equals("TLS") || cell.word().equals("clear");
    }

    private static String lines(Map<String, String> verdicts) {
        return verdicts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    private Map<String, String> verdictsOfPostfix(List<String> names) throws Exception {
        try (PostfixSender postfix = PostfixSender.start(settings(), transports(), files(names))) {
            submit(postfix.port(), names.size());
            Instant end = Instant.now().plus(PATIENCE);
            Map<String, String> verdicts = verdicts(postfix.log(), names);
            while (verdicts.size() < names.size() * LEVELS.size()) {
                assertThat(Instant.now()).as(postfix.log()).isBefore(end);
                TimeUnit.MILLISECONDS.sleep(200); // the log is the only thing that tells
                verdicts = verdicts(postfix.log(), names);
            }
            Files.writeString(Project.target("postfix.log"), postfix.log());
            return verdicts;
        }
    }

    private static List<String> settings() {
        return List.of(
                "transport_maps = texthash:CONF/transport",
                "smtp_tls_CAfile = CONF/root.pem",
                "smtp_tls_loglevel = 1",
                "smtp_tls_fingerprint_cert_match = " + String.join(", ", colons(LevelPeers.pins())),
                "smtp_starttls_timeout = 8s",
                // So that waiting mail is tried again while we wait.
                "minimal_backoff_time = 1s",
                "maximal_backoff_time = 1s",
                "queue_run_delay = 1s");
    }

    private static List<String> colons(List<String> digests) {
        return digests.stream()
                .map(digest -> digest.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:"))
                .toList();
    }

    private static List<String> transports() {
        return LEVELS.stream()
                .map(level -> level + " unix - - n - - smtp -o smtp_tls_security_level=" + level
                        + " -o smtp_tls_policy_maps=texthash:CONF/policy-" + level)
                .toList();
    }

    private Map<String, String> files(List<String> names) {
        Map<String, String> files = new HashMap<>();
        StringBuilder transport = new StringBuilder();
        StringBuilder verify = new StringBuilder();
        StringBuilder secure = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String hop = "[127.0.0.1]:" + servers.get(names.get(i)).port();
            for (String level : LEVELS) {
                transport.append(level + "@p" + i + ".example " + level + ":" + hop + "\n");
            }
            // What smtp_tls_verify_cert_match = hostname and smtp_tls_secure_cert_match = nexthop, dot-nexthop stand
            // for.
            verify.append(
                    hop + " verify match=" + LevelPeers.named(names.get(i)).mx() + "\n");
            secure.append(hop + " secure match=" + LevelPeers.DOMAIN + ":." + LevelPeers.DOMAIN + "\n");
        }
        LEVELS.forEach(level -> files.put("policy-" + level, ""));
        files.put("policy-verify", verify.toString());
        files.put("policy-secure", secure.toString());
        files.put("transport", transport.toString());
        files.put("root.pem", rootPem());
        return files;
    }

    private static String rootPem() {
        try {
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(LevelPeers.root().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One mail with all recipients. */
    private static void submit(int port, int peers) throws IOException {
        try (SmtpClient client = new SmtpClient(port)) {
            client.reply();
            List<String> commands = new ArrayList<>(List.of("EHLO test.example", "MAIL FROM:<>"));
            for (int i = 0; i < peers; i++) {
                for (String level : LEVELS) {
                    commands.add("RCPT TO:<" + level + "@p" + i + ".example>");
                }
            }
            commands.add("DATA");
            commands.add("Subject: x\r\n\r\nSECRET-CONTENT\r\n.");
            for (String command : commands) {
                client.sendLine(command);
                assertThat(client.reply()).as(command).allMatch(line -> line.matches("[23].*"));
            }
        }
    }

    /** Of those that are certain by now. */
    private Map<String, String> verdicts(String log, List<String> names) {
        Map<String, String> verdicts = new TreeMap<>();
        Map<String, Integer> attempts = new HashMap<>();
        Matcher result = RESULT.matcher(log);
        while (result.find()) {
            String level = result.group(1);
            String server = names.get(Integer.parseInt(result.group(2)));
            String key = key(level, server);
            if (result.group(3).equals("sent")) {
                verdicts.put(key, how(servers.get(server), "RCPT TO:<" + level + "@"));
            } else if (result.group(3).equals("deferred")) {
                // Nobody was asked when a next hop is left alone for a moment.
                boolean tried = !result.group(4).startsWith("delivery temporarily suspended");
                int wanted = level.equals("may") ? ATTEMPTS : 1;
                if (attempts.merge(key, tried ? 1 : 0, Integer::sum) >= wanted) {
                    verdicts.put(key, WAITS);
                }
            } else {
                verdicts.put(key, result.group(3));
            }
        }
        return verdicts;
    }

    /** How the server got the mail of that recipient. */
    private static String how(ScriptedServer server, String recipient) {
        return server.connections().stream()
                .filter(connection -> !connection.messages().isEmpty())
                .filter(connection -> connection.commands().stream().anyMatch(line -> line.startsWith(recipient)))
                .map(connection -> connection.isSecured() ? "TLS" : "clear")
                .distinct()
                .collect(Collectors.joining(" and "));
    }
}
