/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;

/** One repository of kept mail, and who takes mail away from it. Knows nothing but what every repository of James can do. */
public final class Shelf {
    private static final int TAG = 4;

    /** The name of the copy that lies beside a mail while it is written anew. */
    private static final String COPY = "~";

    private final String repository;
    private final MailRepository mails;
    private final Courier courier;
    private final Optional<PrivateFiles> files;
    private final String tag;

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

    Iterator<MailKey> keys() throws MessagingException {
        return mails.list();
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
        MailKey beside = store(mail, mail.getName() + COPY);
        put(mail);
        mails.remove(beside);
    }

    void remove(MailKey key) throws MessagingException {
        mails.remove(key);
    }
}
