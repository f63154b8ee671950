/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueName;
import reactor.core.publisher.Flux;

/** A process that uses a store until it is killed, and says what it was promised. */
final class Victim {

    static final MailQueueName KEPT = MailQueueName.of("kept");
    static final MailQueueName PASSING = MailQueueName.of("passing");

    private static final int SENDERS = 4;

    private Victim() {}

    /** {@code crash DIRECTORY PREFIX} or {@code fill DIRECTORY COUNT SIZE}. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("crash")) {
            crash(Path.of(args[1]), args[2]);
        } else {
            fill(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        }
    }

    /** How to start it. */
    static Process start(String memory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void crash(Path directory, String prefix) throws Exception {
        DurableMailQueueFactory factory = Fixture.open(directory);
        DurableMailQueue kept = factory.createQueue(KEPT);
        DurableMailQueue passing = factory.createQueue(PASSING);
        Flux.from(passing.deQueue()).subscribe(item -> {
            try {
                LifecycleUtil.dispose(item.getMail());
                item.done(CompletionStatus.SUCCESS);
            } catch (MailQueueException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int sender = 0; sender < SENDERS; sender++) {
            String name = prefix + "-" + sender + "-";
            new Thread(() -> send(kept, passing, name)).start();
        }
    }

    private static void send(DurableMailQueue kept, DurableMailQueue passing, String name) {
        try {
            for (int i = 0; true; i++) {
                String message = Fixture.message(i % 20 == 0 ? 300_000 : i % 7 * 1000);
                kept.enQueue(Fixture.mail(name + i, message), Duration.ofSeconds(i % 3 * 1000L));
                say(name + i);
                passing.enQueue(Fixture.mail(name + "p" + i, message));
            }
        } catch (Exception e) {
            say("!" + e);
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line + ";");
            System.out.flush();
        }
    }

    /** Fills a queue, opens it again and empties it. */
    private static void fill(Path directory, int count, int size) throws Exception {
        String message = Fixture.message(size);
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(KEPT);
            Flux.range(0, count)
                    .flatMap(i -> queue.enqueueReactive(mail("mail" + i, message)), 64)
                    .blockLast();
        }
        try (DurableMailQueueFactory factory = Fixture.open(directory)) {
            DurableMailQueue queue = factory.createQueue(KEPT);
            long found = queue.getSize();
            Flux.from(queue.deQueue()).take(count).toStream(1).forEach(item -> {
                LifecycleUtil.dispose(item.getMail());
                try {
                    item.done(CompletionStatus.SUCCESS);
                } catch (MailQueueException e) {
                    throw new IllegalStateException(e);
                }
            });
            say(found + " found, " + queue.getSize() + " left");
        }
    }

    private static org.apache.mailet.Mail mail(String name, String message) {
        try {
            return Fixture.mail(name, message);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
