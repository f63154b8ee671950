/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.Test;
import org.tlsward.cluster.Broker;
import org.tlsward.cluster.RabbitQueues;
import org.tlsward.integration.RunningJames.Program;

/**
 * Two nodes take 1,000 mails from the queues of one RabbitMQ, and one of them is killed in the middle. A third of the mail goes to a partner
 * with TLS, a third to one without, a third to one who refuses every recipient.
 */
class TwoNodesTest {
    private static final int MAILS = Integer.getInteger("tlsward.kill.mails", 1000);
    private static final List<String> PARTNERS = List.of("secure", "plain", "refusing");
    private static final List<String> NODES = List.of("mx1", "mx2");

    /** The default of TlsRemoteDelivery. */
    private static final int CONNECTIONS = 10;

    /** What {@code conf/mailetcontainer.xml} says. */
    private static final int SPOOLER_THREADS = 20;

    private static final String BOUNCES = "<processor state=\"bounces\" enableJmx=\"false\">";
    private static final String KEEP_REFUSED = "<mailet match=\"All\" class=\"ToRepository\">"
            + "<repositoryPath>file://var/mail/refused/</repositoryPath><passThrough>true</passThrough></mailet>";
    private static final Pattern MARKER = Pattern.compile("marker-(\\d+)-end");

    private record Servers(RemoteServer secure, RemoteServer plain, RemoteServer refusing) implements AutoCloseable {
        static Servers start() throws Exception {
            return new Servers(
                    new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.secure.example"))),
                    new RemoteServer(Optional.empty()),
                    new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.refusing.example")))
                            .refuseRecipients());
        }

        @Override
        public void close() throws IOException {
            secure.close();
            plain.close();
            refusing.close();
        }
    }

    /** The ends that mails have come to by now, each with how often. */
    private record Ends(
            Map<Integer, Integer> delivered, Map<Integer, Integer> withheld, Map<Integer, Integer> bounced) {
        static Ends of(RemoteServer secure, List<Path> roots) {
            List<String> withheld = new ArrayList<>();
            List<String> bounced = new ArrayList<>();
            for (Path root : roots) {
                withheld.addAll(kept(root, "tls-withheld"));
                bounced.addAll(kept(root, "refused"));
            }
            return new Ends(markers(secure.messages()), markers(withheld), markers(bounced));
        }

        Map<String, Map<Integer, Integer>> all() {
            return Map.of("secure", delivered, "plain", withheld, "refusing", bounced);
        }

        Set<Integer> numbers() {
            Set<Integer> numbers = new HashSet<>();
            all().values().forEach(each -> numbers.addAll(each.keySet()));
            return numbers;
        }

        int duplicates() {
            return all().values().stream().mapToInt(Ends::duplicates).sum();
        }

        static int duplicates(Map<Integer, Integer> ends) {
            return ends.values().stream().mapToInt(times -> times - 1).sum();
        }
    }

    @Test
    void anotherNodeShouldTakeOverWhatAKilledOneHadInHand() throws Exception {
        try (Broker broker = Broker.start(Project.path("tests/cluster/target/brokers"));
                Servers servers = Servers.start()) {
            Path shared = Files.createTempDirectory(Project.path("tests/cluster/target"), "shared");
            servers.secure().slowDown(1500); // until the kill, so that there is a middle
            RunningJames first = node("mx1", broker, shared, servers);
            try (RunningJames second = node("mx2", broker, shared, servers)) {
                first.await(Pattern.compile("JAMES server started"));
                second.await(Pattern.compile("JAMES server started"));
                List<Path> roots =
                        List.of(first.directory().root(), second.directory().root());
                CompletableFuture<Void> feeder = CompletableFuture.runAsync(() -> enqueue(broker, shared));
                await(() -> servers.secure().messages().size() >= MAILS / 6); // half of those that are taken
                signal(first, "STOP"); // so that what it has in hand can be counted
                int inHand = broker.inHandOf("mx1");
                Ends before = Ends.of(servers.secure(), roots);
                first.kill();
                servers.secure().slowDown(0);
                feeder.join();
                Ends ends = await(servers, roots);
                Map<String, Integer> shares = shares(roots);
                report(before, ends, inHand, shares);
                verify(ends, inHand, servers);
                assertThat(before.numbers().size()).as("killed in the middle").isLessThan(MAILS);
                assertThat(shares.values()).as("shares").allSatisfy(share -> assertThat(share)
                        .isGreaterThan(MAILS / 20));
            } finally {
                first.kill();
            }
        }
    }

    private static void verify(Ends ends, int inHand, Servers servers) {
        for (int number = 0; number < MAILS; number++) {
            Set<String> found = new LinkedHashSet<>();
            for (Map.Entry<String, Map<Integer, Integer>> each : ends.all().entrySet()) {
                if (each.getValue().containsKey(number)) {
                    found.add(each.getKey());
                }
            }
            assertThat(found).as("where mail %d ended", number).containsExactly(partner(number));
        }
        assertThat(ends.duplicates()).as("twice").isLessThanOrEqualTo(inHand);
        // A mail that waits for its turn in a dead runner was not sent: only those with a connection can come twice.
        assertThat(Ends.duplicates(ends.delivered()))
                .as("delivered twice")
                .isLessThanOrEqualTo(CONNECTIONS + SPOOLER_THREADS);
        assertThat(servers.plain().messages()).isEmpty();
        assertThat(servers.plain().cleartext()).doesNotContain("arzt@");
        assertThat(servers.secure().cleartext()).doesNotContain("arzt@").doesNotContain("marker-");
    }

    private static void report(Ends before, Ends ends, int inHand, Map<String, Integer> shares) {
        System.out.printf(
                "kill -9 of one of two nodes: %d mails, %d had ended before; delivered %d, withheld %d, bounced %d;"
                        + " twice delivered %d, twice withheld %d, twice bounced %d; in hand at the kill %d; last attempts by node %s%n",
                MAILS,
                before.numbers().size(),
                ends.delivered().size(),
                ends.withheld().size(),
                ends.bounced().size(),
                Ends.duplicates(ends.delivered()),
                Ends.duplicates(ends.withheld()),
                Ends.duplicates(ends.bounced()),
                inHand,
                shares);
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long end = System.nanoTime() + 180_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nothing more happens");
            }
            RunningJames.pause();
        }
    }

    private static Ends await(Servers servers, List<Path> roots) {
        Ends[] ends = {Ends.of(servers.secure(), roots)};
        await(() -> {
            ends[0] = Ends.of(servers.secure(), roots);
            return ends[0].numbers().size() >= MAILS;
        });
        return ends[0];
    }

    private static String partner(int number) {
        return PARTNERS.get(number % PARTNERS.size());
    }

    /** Puts the mails into the spool, as an SMTP server of either node would. */
    private static void enqueue(Broker broker, Path shared) {
        try (RabbitQueues queues = RabbitQueues.open(
                broker.settings("smtp"),
                shared,
                new RabbitQueues.Surroundings(
                        new RecordingMetricFactory(),
                        new NoopGaugeRegistry(),
                        new RawMailQueueItemDecoratorFactory(),
                        Clock.systemUTC()))) {
            MailQueue spool = queues.factory().createQueue(MailQueueFactory.SPOOL, MailQueueFactory.prefetchCount(1));
            IntStream.range(0, MAILS).parallel().forEach(number -> {
                Mail mail = mail(number);
                try {
                    spool.enQueue(mail);
                } catch (MailQueue.MailQueueException e) {
                    throw new IllegalStateException(e);
                } finally {
                    LifecycleUtil.dispose(mail);
                }
            });
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mail mail(int number) {
        try {
            MimeMessage message = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(("Message-ID: <" + number + "@klinik.example>\r\n"
                                    + "Date: Mon, 1 Mar 2027 12:00:00 +0000\r\nSubject: test\r\n\r\nmarker-" + number
                                    + "-end\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            MailImpl mail = MailImpl.builder()
                    .name("mail" + number)
                    .sender("clinician@klinik.example")
                    .addRecipient("arzt@" + partner(number) + ".example")
                    .mimeMessage(message)
                    .build();
            mail.setState(Mail.DEFAULT);
            mail.setAttribute(new Attribute(Mail.SMTP_AUTH_USER, AttributeValue.of("clinician@klinik.example")));
            return mail;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunningJames node(String name, Broker broker, Path shared, Servers servers) throws Exception {
        WorkingDirectory directory = WorkingDirectory.create("cluster-" + name, "kill9")
                .withExtension()
                .replace(
                        "tlsward.xml",
                        "SECURE_PORT",
                        Integer.toString(servers.secure().port()))
                .replace(
                        "tlsward.xml",
                        "PLAIN_PORT",
                        Integer.toString(servers.plain().port()))
                .replace(
                        "tlsward.xml",
                        "REFUSING_PORT",
                        Integer.toString(servers.refusing().port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>2 seconds</delayTime>")
                .replace("mailetcontainer.xml", BOUNCES, BOUNCES + KEEP_REFUSED)
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"Null\"/>");
        List<String> settings = new ArrayList<>(List.of("shared.directory=" + shared));
        broker.settings(name).forEach((key, value) -> settings.add(key + "=" + value));
        Files.write(directory.conf("rabbitmq.properties"), settings);
        return RunningJames.launch(program(), directory);
    }

    /** The stock memory app, and what it lacks of the distributed one. */
    private static Program program() {
        List<Path> classPath = new ArrayList<>(Program.stock().classPath());
        Set<String> names = new HashSet<>();
        classPath.forEach(path -> names.add(path.getFileName().toString()));
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            if (path.endsWith("cluster/target/test-classes")
                    || (name.endsWith(".jar") && !name.startsWith("tlsward-") && names.add(name))) {
                classPath.add(path);
            }
        }
        return new Program(classPath, "org.tlsward.cluster.ClusterNode");
    }

    private static void signal(RunningJames james, String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(james.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** By each node's own evidence: how many recipients' last word is its. */
    private static Map<String, Integer> shares(List<Path> roots) throws IOException {
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < roots.size(); i++) {
            int lines = 0;
            try (Stream<Path> files = Files.list(roots.get(i).resolve("var/evidence"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                    lines += (int) Files.readAllLines(file).stream()
                            .filter(line -> line.contains("\"type\":\"attempt\"") && !line.contains("\"deferred\""))
                            .count();
                }
            }
            shares.put(NODES.get(i), lines);
        }
        return shares;
    }

    private static Map<Integer, Integer> markers(List<String> texts) {
        Map<Integer, Integer> times = new TreeMap<>();
        for (String text : texts) {
            Matcher matcher = MARKER.matcher(text);
            if (matcher.find()) {
                times.merge(Integer.parseInt(matcher.group(1)), 1, Integer::sum);
            }
        }
        return times;
    }

    private static List<String> kept(Path root, String name) {
        Path repository = root.resolve("var/mail").resolve(name);
        List<String> texts = new ArrayList<>();
        if (Files.isDirectory(repository)) {
            try (Stream<Path> files = Files.list(repository)) {
                files.filter(path -> path.toString().endsWith("FileStreamStore"))
                        .forEach(file -> texts.add(RunningJames.read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }
}
