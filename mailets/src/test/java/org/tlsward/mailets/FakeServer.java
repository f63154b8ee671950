/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.AliasLookup;
import org.tlsward.james.EmergencyStops;
import org.tlsward.james.Ward;
import org.tlsward.james.WardHealth;
import reactor.core.publisher.Flux;

/** As much of a James as mailets see: a configuration, a queue and a mailet context that remember what they are given. */
final class FakeServer {
    /** What was queued, or sent to a processor. */
    record Taken(String name, String where, Duration delay, List<String> recipients, Mail mail, String message) {
        <T> T attribute(String attribute, Class<T> type) {
            return type.cast(mail.getAttribute(AttributeName.of(attribute))
                    .map(Attribute::getValue)
                    .map(value -> value.value())
                    .orElse(null));
        }

        boolean has(String attribute) {
            return mail.getAttribute(AttributeName.of(attribute)).isPresent();
        }
    }

    private final List<Taken> queued = new ArrayList<>();
    private final List<Taken> sent = new ArrayList<>();
    private final AtomicInteger consumers = new AtomicInteger();
    private final Path root;
    private EmergencyStops stops;
    private int queueTakes = Integer.MAX_VALUE;
    private int busy;
    private Set<String> brokenProcessors = Set.of();

    FakeServer(Path root, String tlsward) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("conf"));
        Files.createDirectories(root.resolve("var"));
        Files.writeString(root.resolve("conf/tlsward.xml"), tlsward);
    }

    List<Taken> queued() {
        return queued;
    }

    List<Taken> sent() {
        return sent;
    }

    AtomicInteger consumers() {
        return consumers;
    }

    void queueTakesOnly(int mails) {
        queueTakes = mails;
    }

    /** Refuses so many mails, then takes them, as a broker whose channels are all in use. */
    void queueIsBusyFor(int mails) {
        busy = mails;
    }

    void breakProcessors(String... names) {
        brokenProcessors = Set.of(names);
    }

    FileSystem files() {
        return new FileSystem() {
            @Override
            public InputStream getResource(String url) throws IOException {
                return Files.newInputStream(getFile(url).toPath());
            }

            @Override
            public File getFile(String url) {
                return root.resolve(url.replaceFirst("file://", "")).toFile();
            }

            @Override
            public File getBasedir() {
                return root.toFile();
            }
        };
    }

    Ward ward() {
        return new Ward(files());
    }

    /** The same ones for all of this server. */
    EmergencyStops stops() {
        if (stops == null) {
            stops = new EmergencyStops(files(), new WardHealth(ward()));
        }
        return stops;
    }

    static AddressClasses classes(Ward ward) {
        return new AddressClasses(ward, new AliasLookup(null) {
            @Override
            public Set<MailAddress> targets(MailAddress recipient) {
                return Set.of();
            }
        });
    }

    MailQueue queue() {
        return (MailQueue) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MailQueue.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "enQueue" -> {
                        if (busy > 0) {
                            busy--;
                            throw new IllegalStateException("no channel is free");
                        }
                        if (queued.size() >= queueTakes) {
                            throw new MailQueue.MailQueueException("the disk is full");
                        }
                        Duration delay = arguments.length > 1 ? (Duration) arguments[1] : Duration.ZERO;
                        queued.add(taken((Mail) arguments[0], "queue", delay));
                        yield null;
                    }
                    case "deQueue" -> {
                        consumers.incrementAndGet();
                        yield Flux.never();
                    }
                    default -> null;
                });
    }

    MailetContext context() {
        return (MailetContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MailetContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "sendMail" -> {
                        String processor = arguments.length > 1 ? (String) arguments[1] : "root";
                        if (brokenProcessors.contains(processor)) {
                            throw new MessagingException("the spool is full");
                        }
                        sent.add(taken((Mail) arguments[0], processor, Duration.ZERO));
                        yield null;
                    }
                    case "getPostmaster" -> new MailAddress("postmaster@klinik.example");
                    case "getServerInfo" -> "a test";
                    case "isLocalServer" -> arguments[0].equals(Domain.of("klinik.example"));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    FakeMailetConfig.Builder config(String name, String... parameters) {
        FakeMailetConfig.Builder config =
                FakeMailetConfig.builder().mailetName(name).mailetContext(context());
        for (int i = 0; i < parameters.length; i += 2) {
            config.setProperty(parameters[i], parameters[i + 1]);
        }
        return config;
    }

    private static Taken taken(Mail mail, String where, Duration delay) throws Exception {
        return new Taken(
                mail.getName(),
                where,
                delay,
                texts(mail.getRecipients()),
                MailImpl.duplicate(mail),
                source(mail.getMessage()));
    }

    private static List<String> texts(Collection<MailAddress> addresses) {
        return addresses.stream().map(MailAddress::asString).toList();
    }

    static String source(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    static MimeMessage message(String... lines) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8)));
    }

    /** A mail of a clinician with a short text. */
    static MailImpl mail(String name, String... recipients) throws MessagingException {
        MailImpl.Builder mail = MailImpl.builder()
                .name(name)
                .sender("clinician@klinik.example")
                .mimeMessage(message(
                        "Message-ID: <1@klinik.example>",
                        "Date: Mon, 1 Mar 2027 12:00:00 +0000",
                        "Subject: finding of patient 7",
                        "",
                        "the body"));
        Arrays.stream(recipients).forEach(recipient -> {
            try {
                mail.addRecipient(recipient);
            } catch (MessagingException e) {
                throw new IllegalArgumentException(e);
            }
        });
        return mail.build();
    }
}
