/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final AtomicInteger ACCEPTED = new AtomicInteger();
    private static final String[] PARTNERS = {"secure", "plain", "refusing"};
    private static final String BOUNCES = "<processor state=\"bounces\" enableJmx=\"false\">";
    private static final String KEEP_REFUSED = "<mailet match=\"All\" class=\"ToRepository\">"
            + "<repositoryPath>file://var/mail/refused/</repositoryPath><passThrough>true</passThrough></mailet>";
    private static final Pattern MARKER = Pattern.compile("marker-(\\d+)-end");

    @Test
    void everyAcceptedMailShouldEndExactlyOnceAfterKill9() throws Exception {
        try (RemoteServer secure = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.secure.example")));
                RemoteServer refusing = new RemoteServer(
                                Optional.of(TestCertificates.selfSigned("mx.refusing.example")))
                        .refuseRecipients();
                RemoteServer plain = new RemoteServer(Optional.empty())) {
            WorkingDirectory directory = directory(secure.port(), plain.port(), refusing.port());
            RunningJames james = RunningJames.start(server(), directory);
            List<Integer> accepted = new ArrayList<>();
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            List<Future<List<Integer>>> parts = new ArrayList<>();
            for (int part = 0; part < SENDERS; part++) {
                int first = part;
                RunningJames target = james;
                parts.add(senders.submit(() -> sendEvery(target, first)));
            }
            secure.slowDown(500);
            while (ACCEPTED.get() < MAILS * 9 / 10) {
                RunningJames.pause();
            }
            james.kill();
            for (Future<List<Integer>> part : parts) {
                accepted.addAll(part.get());
            }
            senders.shutdown();
            int before = secure.messages().size();
            secure.slowDown(0);
            try (RunningJames again = RunningJames.start(server(), directory)) {
                verify(again, accepted, secure, plain, before);
            }
        }
    }

    private static void verify(
            RunningJames james, List<Integer> accepted, RemoteServer secure, RemoteServer plain, int before)
            throws Exception {
        Ends ends = Ends.of(james, secure);
        for (int tries = 0; tries < 2400 && !ends.all().containsAll(accepted); tries++) {
            RunningJames.pause();
            ends = Ends.of(james, secure);
        }
        System.out.printf(
                "kill -9: accepted %d, delivered %d (%d of them before), withheld %d, bounced %d;"
                        + " twice delivered %d, twice withheld %d, twice bounced %d%n",
                accepted.size(),
                ends.delivered().size(),
                before,
                ends.withheld().size(),
                ends.bounced().size(),
                twice(ends.delivered()),
                twice(ends.withheld()),
                twice(ends.bounced()));
        for (int number : accepted) {
            List<String> found = ends.of(number);
            assertThat(found).as("mail %d", number).containsExactly(expected(number));
        }
        assertThat(plain.messages()).isEmpty();
        assertThat(plain.cleartext()).doesNotContain("arzt@");
        assertThat(secure.cleartext()).doesNotContain("arzt@").doesNotContain("marker-");
    }

    private static long twice(Map<Integer, Integer> ended) {
        return ended.values().stream().filter(times -> times > 1).count();
    }

    private static String expected(int number) {
        return switch (PARTNERS[number % PARTNERS.length]) {
            case "secure" -> "delivered";
            case "plain" -> "withheld";
            default -> "bounced";
        };
    }

    /** Where the mails have come to, by their numbers, with how often. */
    private record Ends(
            Map<Integer, Integer> delivered, Map<Integer, Integer> withheld, Map<Integer, Integer> bounced) {
        static Ends of(RunningJames james, RemoteServer secure) throws IOException {
            return new Ends(markers(secure.messages()), kept(james, "tls-withheld"), kept(james, "refused"));
        }

        Set<Integer> all() {
            Set<Integer> all = new HashSet<>(delivered.keySet());
            all.addAll(withheld.keySet());
            all.addAll(bounced.keySet());
            return all;
        }

        List<String> of(int number) {
            List<String> found = new ArrayList<>();
            if (delivered.containsKey(number)) {
                found.add("delivered");
            }
            if (withheld.containsKey(number)) {
                found.add("withheld");
            }
            if (bounced.containsKey(number)) {
                found.add("bounced");
            }
            return found;
        }
    }

    /** A third goes to a partner with TLS, a third to one without, a third to one who refuses every recipient. */
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
                say(client, "RCPT TO:<arzt@" + PARTNERS[number % PARTNERS.length] + ".example>");
                say(client, "DATA");
                client.sendLine("Subject: test\r\n\r\nmarker-" + number + "-end");
                if (say(client, ".").startsWith("250")) {
                    accepted.add(number);
                    ACCEPTED.incrementAndGet();
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

    private static Map<Integer, Integer> kept(RunningJames james, String name) throws IOException {
        Path repository = james.directory().root().resolve("var/mail").resolve(name);
        List<String> texts = new ArrayList<>();
        if (Files.isDirectory(repository)) {
            try (Stream<Path> files = Files.list(repository)) {
                for (Path file : files.filter(path -> path.toString().endsWith("FileStreamStore"))
                        .toList()) {
                    texts.add(RunningJames.read(file));
                }
            }
        }
        return markers(texts);
    }

    private static WorkingDirectory directory(int secure, int plain, int refusing) throws Exception {
        return WorkingDirectory.create("kill9", "kill9")
                .withoutUserCheck()
                .replace("tlsward.xml", "SECURE_PORT", Integer.toString(secure))
                .replace("tlsward.xml", "PLAIN_PORT", Integer.toString(plain))
                .replace("tlsward.xml", "REFUSING_PORT", Integer.toString(refusing))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>2 seconds</delayTime>")
                .replace("mailetcontainer.xml", BOUNCES, BOUNCES + KEEP_REFUSED)
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
