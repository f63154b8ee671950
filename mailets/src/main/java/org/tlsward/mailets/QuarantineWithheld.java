/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.collect.Sets;
import com.google.inject.Inject;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.tlsward.james.QuarantineSizes;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.Shelf;

/**
 * Keeps a mail that may not travel, with everything that a release needs. An operator lists it, releases it or sends it back ({@code
 * tlsward quarantine}, {@code /tlsward/api/quarantine}). A released mail enters {@link TlsRemoteDelivery} again, is judged again, and its time
 * begins anew. How long mail is kept is said by {@code <quarantine>} in {@code tlsward.xml}.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.QuarantineWithheld"&gt;
 *   &lt;repositoryPath&gt;file://var/mail/tls-withheld/&lt;/repositoryPath&gt;
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
 * <p>A notice of ours that may not travel is not kept: it is sent once more, redacted. The mail ends here. If the repository cannot be
 * written it throws, and James keeps the mail in its spool and tries again.
 */
public class QuarantineWithheld extends GenericMailet {
    private final MailRepositoryStore repositories;
    private final Quarantine quarantine;
    private final QuarantineSizes sizes;
    private Shelf shelf;
    private SenderNotices notices;

    /** Guice calls this. */
    @Inject
    public QuarantineWithheld(MailRepositoryStore repositories, Quarantine quarantine, QuarantineSizes sizes) {
        this.repositories = repositories;
        this.quarantine = quarantine;
        this.sizes = sizes;
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
        try {
            MailRepositoryUrl url = MailRepositoryUrl.from(path);
            MailRepository repository = repositories.select(url);
            sizes.add(url.asString(), repository::size);
            shelf = new Shelf(url.asString(), repository, new ShelfCourier(getMailetContext(), notices, processor));
        } catch (MailRepositoryStore.MailRepositoryStoreException | IllegalArgumentException e) {
            throw new MessagingException(
                    "mailetcontainer.xml: QuarantineWithheld: unsupported repositoryPath \"" + path + "\"", e);
        }
        quarantine.add(shelf);
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
