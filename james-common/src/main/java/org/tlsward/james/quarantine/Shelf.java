/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.google.common.hash.Hashing;
import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One repository of kept mail, and who takes mail away from it. Knows nothing but what every repository of James can do. */
public final class Shelf {
    private static final Logger LOGGER = LoggerFactory.getLogger(Shelf.class);
    private static final int TAG = 4;

    /** The name of the copy that lies beside a mail while it is written anew. */
    private static final String COPY = "~";

    private final String repository;
    private final MailRepository mails;
    private final Courier courier;
    private final Optional<PrivateFiles> files;
    private final String tag;

    /** False at the start, and while something is written anew that may be interrupted. Changed within a turn and this monitor, in that order. */
    private volatile boolean settled;

    /**
     * A shelf.
     *
     * @param repository its URL
     */
    public Shelf(String repository, MailRepository mails, Courier courier) {
        this(repository, mails, courier, Optional.empty());
    }

    /**
     * A shelf that may be a directory.
     *
     * @param repository its URL
     */
    public Shelf(String repository, MailRepository mails, Courier courier, Optional<PrivateFiles> files) {
        this.repository = repository;
        this.mails = mails;
        this.courier = courier;
        this.files = files;
        this.tag = Hashing.sha256()
                .hashString(repository, StandardCharsets.UTF_8)
                .toString()
                .substring(0, TAG);
    }

    /** The URL of the repository. */
    public String repository() {
        return repository;
    }

    Optional<PrivateFiles> files() {
        return files;
    }

    Courier courier() {
        return courier;
    }

    /** The name of a mail for operators: the same on every server that has this repository under this URL. */
    String id(MailKey key) {
        return tag + "-" + key.asString();
    }

    /** The key of a mail; empty if the mail of that name lies elsewhere. */
    Optional<MailKey> key(String id) {
        return id.startsWith(tag + "-") && id.length() > TAG + 1
                ? Optional.of(new MailKey(id.substring(TAG + 1)))
                : Optional.empty();
    }

    /** What lies here, when what was interrupted is ended; a copy only if the mail beside which it was written is not here. */
    List<MailKey> keys(int most, Opening opening) throws MessagingException {
        settle(opening);
        Set<MailKey> all = all(most);
        if (all.stream().anyMatch(key -> original(key).isPresent())) {
            try (Turn turn = turn()) {
                end(turn, opening); // another server of a cluster has left it
            }
            all = all(most);
        }
        Set<MailKey> left = all;
        return left.stream()
                .filter(key -> original(key).filter(left::contains).isEmpty())
                .toList();
    }

    private Set<MailKey> all(int most) throws MessagingException {
        Set<MailKey> all = new LinkedHashSet<>();
        for (Iterator<MailKey> each = mails.list(); each.hasNext() && all.size() < most; ) {
            all.add(each.next());
        }
        return all;
    }

    /**
     * Somebody's turn to change what lies here. In a directory no other server has one meanwhile; other repositories know no such thing.
     * To read is a turn too: James deletes what it finds half written.
     */
    final class Turn implements AutoCloseable {
        private final Optional<DirectoryLock.Held> held;

        private Turn() throws IOException {
            this.held = files.isPresent() ? Optional.of(files.get().lock().take()) : Optional.empty();
        }

        Optional<Mail> get(MailKey key) throws MessagingException {
            return Optional.ofNullable(mails.retrieve(key));
        }

        private MailKey store(MailImpl mail) throws MessagingException {
            return mails.store(mail);
        }

        private void remove(MailKey key) throws MessagingException {
            mails.remove(key);
        }

        @Override
        public void close() {
            held.ifPresent(DirectoryLock.Held::close);
        }
    }

    Turn turn() throws MessagingException {
        try {
            return new Turn();
        } catch (IOException e) {
            throw new MessagingException(e.getMessage(), e);
        }
    }

    Optional<Mail> get(MailKey key) throws MessagingException {
        try (Turn turn = turn()) {
            return turn.get(key);
        }
    }

    void put(Mail mail) throws MessagingException {
        store(mail, mail.getName());
    }

    private MailKey store(Mail mail, String name) throws MessagingException {
        MailImpl copy = RawMessage.copyOf(mail);
        try (Turn turn = turn()) {
            copy.setName(name);
            MailKey key = turn.store(copy);
            files.ifPresent(directory -> directory.close(name));
            return key;
        } finally {
            LifecycleUtil.dispose(copy);
        }
    }

    /** Writes a mail that lies here anew. A file of James is empty for a moment while it is written: until it is not, a copy lies beside it. */
    void rewrite(Mail mail) throws MessagingException {
        try (Turn turn = turn()) {
            synchronized (this) {
                boolean before = settled;
                settled = false;
                MailKey beside = store(mail, mail.getName() + COPY);
                put(mail);
                turn.remove(beside);
                settled = before;
            }
        }
    }

    /** The copy first: left alone it would be taken for a mail that is still to go. */
    void remove(MailKey key) throws MessagingException {
        try (Turn turn = turn()) {
            synchronized (this) {
                turn.remove(new MailKey(key.asString() + COPY));
                turn.remove(key);
            }
        }
    }

    /** What a mail says when it is opened. */
    interface Opening {
        Mail open(Mail mail) throws MessagingException;
    }

    /**
     * Ends what a crash or a full disk has interrupted: of a mail and its copy the one that is whole stays, under the name of the mail. Does
     * nothing if that was done and nothing was interrupted since.
     */
    void settle(Opening opening) throws MessagingException {
        if (settled) {
            return;
        }
        try (Turn turn = turn()) {
            synchronized (this) {
                if (!settled) {
                    end(turn, opening);
                    settled = true;
                }
            }
        }
    }

    private synchronized void end(Turn turn, Opening opening) throws MessagingException {
        List<MailKey> copies = new ArrayList<>();
        mails.list().forEachRemaining(key -> original(key).ifPresent(beside -> copies.add(key)));
        for (MailKey copy : copies) {
            end(turn, copy, original(copy).orElseThrow(), opening);
        }
    }

    private void end(Turn turn, MailKey copy, MailKey original, Opening opening) throws MessagingException {
        long octetsOfCopy = octets(copy, opening);
        if (octetsOfCopy < 0) {
            return; // perhaps only now; the mail hides it, and takes it along
        }
        if (octets(original, opening) < octetsOfCopy) {
            Mail whole = turn.get(copy).orElseThrow();
            try {
                MailKey unused = store(whole, original.asString());
                LOGGER.warn("{} was not whole, and is restored from the copy beside it", original.asString());
            } finally {
                LifecycleUtil.dispose(whole);
            }
        }
        turn.remove(copy);
    }

    /** How long a message is: the two have the same one, so the longer is whole. Negative if it is not there or cannot be opened. */
    private long octets(MailKey key, Opening opening) {
        Optional<Mail> mail = Optional.empty();
        try {
            mail = get(key);
            if (mail.isEmpty()) {
                return -1;
            }
            CountingOutputStream octets = new CountingOutputStream(OutputStream.nullOutputStream());
            opening.open(mail.get()).getMessage().writeTo(octets);
            return octets.getCount();
        } catch (MessagingException | IOException | RuntimeException e) {
            LOGGER.warn("{} in {} cannot be opened", key.asString(), repository, e);
            return -1;
        } finally {
            mail.ifPresent(LifecycleUtil::dispose);
        }
    }

    /** The mail beside which that copy lies. */
    private static Optional<MailKey> original(MailKey key) {
        String name = key.asString();
        return name.endsWith(COPY) && name.length() > COPY.length()
                ? Optional.of(new MailKey(name.substring(0, name.length() - COPY.length())))
                : Optional.empty();
    }
}
