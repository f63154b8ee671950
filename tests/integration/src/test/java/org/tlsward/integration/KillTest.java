/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/**
 * {@code kill -9} of the durable server in the middle of 2,000 mails under way. Every accepted mail must end exactly once as delivered,
 * withheld or bounced (duplicates of what was on the wire at that moment are counted), and none in cleartext that needs TLS.
 */
@Tag("long")
class KillTest {
    private static final int MAILS = Integer.getInteger("tlsward.kill.mails", 2000);
    private static final int SENDERS = 10;
    private static final Pattern MARKER = Pattern.compile("marker-(\\d+)-end");

    @Test
    void everyAcceptedMailShouldEndExactlyOnceAfterKill9() throws Exception {
        try (RemoteServer secure = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.secure.example")));
                RemoteServer plain = new RemoteServer(Optional.empty())) {
            WorkingDirectory directory = directory(secure.port(), plain.port());
            RunningJames james = RunningJames.start(server(), directory);
            List<Integer> accepted = new ArrayList<>();
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            List<Future<List<Integer>>> parts = new ArrayList<>();
            for (int part = 0; part < SENDERS; part++) {
                int first = part;
                RunningJames target = james;
                parts.add(senders.submit(() -> sendEvery(target, first)));
            }
            while (secure.messages().size() < MAILS / 10) {
                RunningJames.pause();
            }
            james.kill();
            for (Future<List<Integer>> part : parts) {
                accepted.addAll(part.get());
            }
            senders.shutdown();
            int before = secure.messages().size();
            try (RunningJames again = RunningJames.start(server(), directory)) {
                verify(again, accepted, secure, plain, before);
            }
        }
    }

    private static void verify(
            RunningJames james, List<Integer> accepted, RemoteServer secure, RemoteServer plain, int before)
            throws Exception {
        Map<Integer, Integer> delivered = Map.of();
        Map<Integer, Integer> withheld = Map.of();
        for (int tries = 0; tries < 2400; tries++) {
            delivered = markers(secure.messages());
            withheld = withheldMarkers(james);
            Map<Integer, Integer> ended = new HashMap<>(delivered);
            ended.putAll(withheld);
            if (ended.keySet().containsAll(accepted)) {
                break;
            }
            RunningJames.pause();
        }
        long duplicates = delivered.values().stream().filter(times -> times > 1).count();
        long kept = withheld.values().stream().filter(times -> times > 1).count();
        System.out.printf(
                "kill -9: accepted %d, delivered %d (%d of them before), withheld %d, twice delivered %d, twice withheld %d%n",
                accepted.size(), delivered.size(), before, withheld.size(), duplicates, kept);
        for (int number : accepted) {
            boolean isDelivered = delivered.containsKey(number);
            boolean isWithheld = withheld.containsKey(number);
            assertThat(isDelivered ^ isWithheld)
                    .as("mail %d: delivered %s, withheld %s", number, isDelivered, isWithheld)
                    .isTrue();
            assertThat(isDelivered).as("mail %d", number).isEqualTo(number % 2 == 0);
        }
        assertThat(plain.messages()).isEmpty();
        assertThat(plain.cleartext()).doesNotContain("arzt@");
        assertThat(secure.cleartext()).doesNotContain("arzt@").doesNotContain("marker-");
    }

    /** Even numbers go to a partner with TLS, odd ones to one without. */
    private static List<Integer> sendEvery(RunningJames james, int first) {
        List<Integer> accepted = new ArrayList<>();
        try (SmtpClient client = new SmtpClient(james.directory().port(Port.SUBMISSION))) {
            client.reply();
            say(client, "EHLO client.example");
            say(client, "STARTTLS");
            client.startTls("TLSv1.3");
            say(client, "EHLO client.example");
            say(client, "AUTH PLAIN AGNsaW5pY2lhbkBrbGluaWsuZXhhbXBsZQBzZWNyZXQ=");
            for (int number = first; number < MAILS; number += SENDERS) {
                say(client, "MAIL FROM:<clinician@klinik.example>");
                say(client, "RCPT TO:<arzt@" + (number % 2 == 0 ? "secure" : "plain") + ".example>");
                say(client, "DATA");
                client.sendLine("Subject: test\r\n\r\nmarker-" + number + "-end");
                if (say(client, ".").startsWith("250")) {
                    accepted.add(number);
                }
            }
        } catch (Exception e) {
            return accepted; // the server was killed
        }
        return accepted;
    }

    private static String say(SmtpClient client, String line) throws IOException {
        client.sendLine(line);
        List<String> reply = client.reply();
        return reply.get(reply.size() - 1);
    }

    private static Map<Integer, Integer> markers(List<String> texts) {
        Map<Integer, Integer> times = new HashMap<>();
        for (String text : texts) {
            Matcher matcher = MARKER.matcher(text);
            if (matcher.find()) {
                times.merge(Integer.parseInt(matcher.group(1)), 1, Integer::sum);
            }
        }
        return times;
    }

    private static Map<Integer, Integer> withheldMarkers(RunningJames james) throws IOException {
        Path repository = james.directory().root().resolve("var/mail/tls-withheld");
        List<String> texts = new ArrayList<>();
        if (Files.isDirectory(repository)) {
            try (Stream<Path> files = Files.list(repository)) {
                for (Path file : files.filter(path -> path.toString().endsWith("FileStreamStore")).toList()) {
                    texts.add(RunningJames.read(file));
                }
            }
        }
        return markers(texts);
    }

    private static WorkingDirectory directory(int secure, int plain) throws Exception {
        return WorkingDirectory.create("kill9", "kill9")
                .withoutUserCheck()
                .replace("tlsward.xml", "SECURE_PORT", Integer.toString(secure))
                .replace("tlsward.xml", "PLAIN_PORT", Integer.toString(plain))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>2 seconds</delayTime>")
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"Null\"/>");
    }

    private static Program server() throws IOException {
        Path target = Project.path("james-docker/server/target");
        List<Path> classPath = new ArrayList<>(List.of(target.resolve("tlsward-server.jar")));
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            libraries.forEach(classPath::add);
        }
        return new Program(classPath, "org.tlsward.server.TlsWardServer");
    }
}
