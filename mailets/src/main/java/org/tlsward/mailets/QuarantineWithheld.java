/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.collect.Sets;
import com.google.inject.Inject;
import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.tlsward.james.QuarantineSizes;
import org.tlsward.james.quarantine.PrivateFiles;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.QuarantineKeeper;
import org.tlsward.james.quarantine.Shelf;

/**
 * Keeps a mail that may not travel, with everything that a release needs. An operator lists it, releases it or sends it back ({@code
 * tlsward quarantine}, {@code /tlsward/api/quarantine}). A released mail enters {@link TlsRemoteDelivery} again, is judged again, and its time
 * begins anew. How long mail is kept is said by {@code <quarantine>} in {@code tlsward.xml}.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.QuarantineWithheld"&gt;
 *   &lt;repositoryPath&gt;file://var/mail/tls-withheld/&lt;/repositoryPath&gt;
 *   &lt;onMailetException&gt;propagate&lt;/onMailetException&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code repositoryPath}: where; any kind of repository that James has. Required.
 *   <li>{@code releaseProcessor}: the processor with {@link TlsRemoteDelivery}, where released mail goes; default {@code relay}.
 *   <li>{@code language}, {@code senderLanguages}, {@code defaultLanguage}: of the notice when a mail goes back to its sender, as in {@link
 *       BounceWithheld}.
 * </ul>
 *
 * <p>A notice of ours that may not travel is not kept: it is sent once more, redacted. The mail ends here.
 *
 * <p>If the repository cannot be written it throws. With {@code propagate} James puts the mail back into its spool, five times, and keeps it
 * after one more failure in the {@code errorRepository} of the spool. Without it the mail goes to the processor {@code error} at once.
 * Nothing is sealed in either.
 */
public class QuarantineWithheld extends GenericMailet {
    private final MailRepositoryStore repositories;
    private final Quarantine quarantine;
    private final QuarantineKeeper keeper;
    private final QuarantineSizes sizes;
    private final FileSystem files;
    private Shelf shelf;
    private SenderNotices notices;

    /** Guice calls this. */
    @Inject
    public QuarantineWithheld(
            MailRepositoryStore repositories,
            Quarantine quarantine,
            QuarantineKeeper keeper,
            QuarantineSizes sizes,
            FileSystem files) {
        this.repositories = repositories;
        this.quarantine = quarantine;
        this.keeper = keeper;
        this.sizes = sizes;
        this.files = files;
    }

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(
                getMailetConfig(), Sets.union(NoticeParameters.LANGUAGE, Set.of("repositoryPath", "releaseProcessor")));
        String path = NoticeParameters.text(getMailetConfig(), "repositoryPath")
                .orElseThrow(() -> NoticeParameters.unsupported(
                        getMailetConfig(), "repositoryPath", "", "a repository like file://var/mail/tls-withheld/"));
        notices = new SenderNotices(getMailetContext(), NoticeParameters.languages(getMailetConfig()));
        String processor =
                NoticeParameters.text(getMailetConfig(), "releaseProcessor").orElse("relay");
        quarantine.checkKey();
        try {
            MailRepositoryUrl url = MailRepositoryUrl.from(path);
            Optional<PrivateFiles> directory = directory(url); // closed before James can write into it
            MailRepository repository = repositories.select(url);
            sizes.add(url.asString(), repository::size);
            ShelfCourier courier = new ShelfCourier(getMailetContext(), notices, processor);
            shelf = new Shelf(url.asString(), repository, courier, directory);
        } catch (MailRepositoryStore.MailRepositoryStoreException | IllegalArgumentException e) {
            throw new MessagingException(
                    "mailetcontainer.xml: QuarantineWithheld: unsupported repositoryPath \"" + path + "\"", e);
        }
        quarantine.add(shelf);
        keeper.start();
    }

    private Optional<PrivateFiles> directory(MailRepositoryUrl url) throws MessagingException {
        if (!url.getProtocol().getValue().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(PrivateFiles.in(files.getFile(url.asString()).toPath()));
        } catch (FileNotFoundException e) {
            throw new MessagingException(url.asString() + " cannot be found", e);
        }
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        if (!notices.sendRedactedInstead(mail)) {
            quarantine.keep(shelf, mail);
        }
        mail.setState(Mail.GHOST);
    }

    @Override
    public void destroy() {
        quarantine.remove(shelf);
    }
}
