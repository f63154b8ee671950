/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.inject.Inject;
import java.util.Set;
import javax.mail.MessagingException;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.tlsward.explain.LanguageRules;

/**
 * Keeps a mail that may not travel, with everything that a release needs. A release is James' own {@code reprocess}: the mail enters
 * {@link TlsRemoteDelivery} again, is judged again, and its time begins anew.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.QuarantineWithheld"&gt;
 *   &lt;repositoryPath&gt;file://var/mail/tls-withheld/&lt;/repositoryPath&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <p>A notice of ours that may not travel is not kept: it is sent once more, redacted. The mail ends here. If the repository cannot be
 * written it throws, and James keeps the mail in its spool and tries again.
 */
public class QuarantineWithheld extends GenericMailet {
    private final MailRepositoryStore repositories;
    private MailRepository repository;
    private SenderNotices notices;

    /** Guice calls this. */
    @Inject
    public QuarantineWithheld(MailRepositoryStore repositories) {
        this.repositories = repositories;
    }

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), Set.of("repositoryPath"));
        String path = NoticeParameters.text(getMailetConfig(), "repositoryPath")
                .orElseThrow(() -> NoticeParameters.unsupported(
                        getMailetConfig(), "repositoryPath", "", "a repository like file://var/mail/tls-withheld/"));
        try {
            repository = repositories.select(MailRepositoryUrl.from(path));
        } catch (MailRepositoryStore.MailRepositoryStoreException | IllegalArgumentException e) {
            throw new MessagingException(
                    "mailetcontainer.xml: QuarantineWithheld: unsupported repositoryPath \"" + path + "\"", e);
        }
        LanguageRules languages = NoticeParameters.languages(getMailetConfig());
        notices = new SenderNotices(getMailetContext(), languages);
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        if (!notices.sendRedactedInstead(mail)) {
            repository.store(mail);
        }
        mail.setState(Mail.GHOST);
    }
}
