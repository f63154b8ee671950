/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.tlsward.james.OutgoingMail;
import org.tlsward.james.WaitingMail;
import org.tlsward.james.WaitingNote;

/**
 * Looks into the queues of one {@link TlsRemoteDelivery} and makes mail due. For every queue of James that can be browsed: a copy that is
 * due now is stored, then the mail is removed by its name. A crash in between makes two of it, never none.
 */
final class QueueDesk implements OutgoingMail.Source {
    private final OutgoingQueue outgoing;
    private final UnderWay underWay;
    private final Consumer<Optional<String>> forgetHosts;
    private final Clock clock;

    QueueDesk(OutgoingQueue outgoing, UnderWay underWay, Consumer<Optional<String>> forgetHosts, Clock clock) {
        this.outgoing = outgoing;
        this.underWay = underWay;
        this.forgetHosts = forgetHosts;
        this.clock = clock;
    }

    /** What is done with a mail that was found; false to look no further. */
    private interface Visitor {
        boolean visit(MailQueue queue, Mail mail, Optional<Instant> nextDelivery)
                throws MessagingException, IOException;
    }

    @Override
    public List<WaitingMail> waiting(Optional<String> destination, int most) throws IOException {
        List<WaitingMail> all = new ArrayList<>();
        walk((queue, mail, next) -> {
            // A filter after a limit would hide a destination behind a long queue of others.
            if (isFor(mail, destination)) {
                all.add(describe(queue, mail, next));
            }
            return all.size() < most;
        });
        return all;
    }

    @Override
    public long size() throws IOException {
        long all = 0;
        try {
            for (MailQueue queue : outgoing.all()) {
                if (!(queue instanceof ManageableMailQueue manageable)) {
                    throw cannot(queue);
                }
                all += manageable.getSize();
            }
        } catch (MessagingException e) {
            throw new IOException(e.getMessage(), e);
        }
        return all;
    }

    private void walk(Visitor visitor) throws IOException {
        Set<String> seen = new HashSet<>();
        try {
            for (MailQueue queue : outgoing.all()) {
                if (!walk(queue, seen, visitor)) {
                    return;
                }
            }
            for (Mail head : outgoing.heads()) {
                // The queue that we have it from shows it or not, and when it goes on is in its note.
                if (isNew(seen, head) && !visitor.visit(outgoing.ready(), head, Optional.empty())) {
                    return;
                }
            }
        } catch (MessagingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean walk(MailQueue queue, Set<String> seen, Visitor visitor) throws MessagingException, IOException {
        MailQueueIterator views = browse(queue);
        try {
            while (views.hasNext()) {
                MailQueueItemView view = views.next();
                try {
                    if (isNew(seen, view.getMail())
                            && !visitor.visit(
                                    queue,
                                    view.getMail(),
                                    view.getNextDelivery().map(ZonedDateTime::toInstant))) {
                        return false;
                    }
                } finally {
                    if (!QueueKind.showsItsOwn(queue)) {
                        LifecycleUtil.dispose(view);
                    }
                }
            }
            return true;
        } finally {
            views.close();
        }
    }

    private boolean isNew(Set<String> seen, Mail mail) {
        return !underWay.isReplaced(mail.getName()) && seen.add(mail.getName());
    }

    private static MailQueueIterator browse(MailQueue queue) throws MessagingException, IOException {
        if (queue instanceof ManageableMailQueue manageable) {
            try {
                return manageable.browse();
            } catch (UnsupportedOperationException e) {
                throw cannot(queue);
            }
        }
        throw cannot(queue);
    }

    private static IOException cannot(MailQueue queue) {
        return new IOException(
                "the queue " + queue.getName().asString()
                        + " cannot be looked into (expected: a queue in memory, on disk, on ActiveMQ, or RabbitMQ with its view in Cassandra)");
    }

    private WaitingMail describe(MailQueue queue, Mail mail, Optional<Instant> nextDelivery) {
        WaitingNote note = WaitingNote.of(mail).orElseGet(() -> WaitingNote.first(Instant.EPOCH));
        Instant due = due(mail, nextDelivery);
        return new WaitingMail(
                mail.getName(),
                queue.getName().asString(),
                mail.getMaybeSender().asOptional().map(MailAddress::asString),
                mail.getRecipients().stream().map(MailAddress::asString).toList(),
                domains(mail),
                note.required(),
                note.classes(),
                note.tries(),
                Optional.of(due).filter(at -> at.isAfter(clock.instant())),
                note.last());
    }

    private static Instant due(Mail mail, Optional<Instant> nextDelivery) {
        return WaitingNote.of(mail).map(WaitingNote::due).or(() -> nextDelivery).orElse(Instant.EPOCH);
    }

    private static List<String> domains(Mail mail) {
        return mail.getRecipients().stream()
                .map(recipient -> OutgoingMail.canonical(recipient.getDomain().asString()))
                .distinct()
                .toList();
    }

    private static boolean isFor(Mail mail, Optional<String> destination) {
        return destination.isEmpty() || domains(mail).contains(destination.get());
    }

    /** A mail and where it was found. */
    private record Replaced(ManageableMailQueue queue, String name) {}

    @Override
    public long retryNow(Optional<String> destination) throws IOException {
        forgetHosts.accept(destination);
        List<Replaced> replaced = new ArrayList<>();
        try {
            walk((queue, mail, next) -> {
                boolean waits = due(mail, next).isAfter(clock.instant());
                if (waits
                        && isFor(mail, destination)
                        && underWay.replace(mail.getName(), () -> storeCopy(mail))
                        && queue instanceof ManageableMailQueue manageable) {
                    replaced.add(new Replaced(manageable, mail.getName()));
                }
                return true;
            });
        } finally {
            remove(replaced);
        }
        return replaced.size();
    }

    private void storeCopy(Mail mail) throws MessagingException {
        MailImpl copy = MailImpl.duplicate(mail);
        try {
            copy.setName(
                    RetryState.of(mail, clock.instant()).nameOfQueued(mail.getName(), "-now", mail.getRecipients()));
            outgoing.put(copy, Duration.ZERO);
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    private static void remove(List<Replaced> replaced) throws IOException {
        try {
            for (Replaced each : replaced) {
                each.queue().remove(ManageableMailQueue.Type.Name, each.name());
            }
        } catch (MessagingException e) {
            throw new IOException("mails are due now, but may be sent twice after a restart: " + e.getMessage(), e);
        }
    }
}
