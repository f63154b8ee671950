/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.james.OutgoingMail;

/** All shelves of a server: finds mail on them. */
final class Shelves {
    /** Beyond that a list is not complete. */
    static final int MOST_LOOKED_AT = 10_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(Shelves.class);
    private static final Comparator<KeptMail> LATEST_FIRST = Comparator.comparing(
                    (KeptMail mail) -> mail.withheldAt().orElse(Instant.EPOCH))
            .reversed()
            .thenComparing(KeptMail::id);

    private final List<Shelf> shelves = new CopyOnWriteArrayList<>();
    private final Supplier<Duration> keep;
    private final Seal seal;
    private final Clock clock;

    Shelves(Supplier<Duration> keep, Seal seal, Clock clock) {
        this.keep = keep;
        this.seal = seal;
        this.clock = clock;
    }

    /** A mail and where it lies. */
    record Place(Shelf shelf, MailKey key, Mail mail) {}

    /** What is done with a mail. */
    interface Step<T> {
        T with(Place place) throws MessagingException;
    }

    void add(Shelf shelf) {
        shelves.removeIf(each -> each.repository().equals(shelf.repository()));
        shelves.add(shelf);
    }

    void remove(Shelf shelf) {
        shelves.remove(shelf);
    }

    List<Shelf> all() {
        return List.copyOf(shelves);
    }

    List<KeptMail> list(Optional<String> destination, Optional<String> reason, int most) throws IOException {
        Optional<String> domain = destination.map(OutgoingMail::canonical);
        List<KeptMail> found = new ArrayList<>();
        int left = MOST_LOOKED_AT;
        for (Shelf shelf : shelves) {
            for (MailKey key : keys(shelf, left)) {
                left--;
                look(shelf, key)
                        .filter(mail -> domain.map(mail::isFor).orElse(true))
                        .filter(mail -> reason.map(mail.why().word()::equals).orElse(true))
                        .ifPresent(found::add);
            }
        }
        return found.stream().sorted(LATEST_FIRST).limit(most).toList();
    }

    private List<MailKey> keys(Shelf shelf, int most) throws IOException {
        try {
            return shelf.keys(most, seal::open);
        } catch (MessagingException | RuntimeException e) {
            throw new IOException("the repository " + shelf.repository() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A mail that is gone by now is not there. One that cannot be read is: somebody has to know of it. */
    private Optional<KeptMail> look(Shelf shelf, MailKey key) {
        try {
            Optional<Mail> mail = shelf.get(key);
            try {
                return mail.isPresent()
                        ? Optional.of(seen(new Place(shelf, key, seal.openEnvelope(mail.get()))))
                        : Optional.empty();
            } finally {
                mail.ifPresent(LifecycleUtil::dispose);
            }
        } catch (MessagingException | RuntimeException e) {
            LOGGER.warn("{} in {} cannot be read", key.asString(), shelf.repository(), e);
            return Optional.of(KeptMails.unreadable(
                    shelf.id(key), shelf.repository(), "this mail cannot be read: " + e.getMessage()));
        }
    }

    KeptMail seen(Place place) {
        return KeptMails.of(
                place.shelf().id(place.key()), place.shelf().repository(), place.mail(), keep.get(), clock.instant());
    }

    /**
     * Does something with a mail.
     *
     * @throws NoSuchElementException if it is not there (any more)
     */
    <T> T with(String id, Step<T> step) throws IOException {
        for (Shelf shelf : shelves) {
            Optional<MailKey> key = shelf.key(id);
            if (key.isPresent()) {
                // Looked for within the turn: another server may have sent it meanwhile.
                try (Shelf.Turn turn = shelf.turn()) {
                    shelf.settle(seal::open);
                    Optional<Mail> mail = turn.get(key.get());
                    if (mail.isPresent()) {
                        try {
                            return step.with(new Place(shelf, key.get(), seal.open(mail.get())));
                        } finally {
                            LifecycleUtil.dispose(mail.get());
                        }
                    }
                } catch (MessagingException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
        throw new NoSuchElementException("there is no mail " + id + " (any more)");
    }
}
