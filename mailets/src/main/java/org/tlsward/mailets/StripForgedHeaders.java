/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import com.google.common.base.Splitter;
import com.google.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.Domain;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tlsward.attest.DeliveryStatement;
import org.tlsward.attest.DeliveryStatement.Check;
import org.tlsward.attest.MessageBinding;
import org.tlsward.evidence.EvidenceKey;

/**
 * Takes away headers in which a mail says of itself over which TLS it came, unless somebody whose key we know has signed them: {@code
 * X-TLSWard-Delivery}. And {@code X-TLSWard-Hops}, which only our own {@link RecordHops} may write. It stands in {@code root}.
 *
 * <pre><code>
 * &lt;mailet match="All" class="org.tlsward.mailets.StripForgedHeaders"&gt;
 *   &lt;keys&gt;file://conf/keys/partner.pub.pem&lt;/keys&gt;
 * &lt;/mailet&gt;
 * </code></pre>
 *
 * <ul>
 *   <li>{@code keys}: files with the public keys of servers whose word counts ({@code signing-key.pub.pem} of theirs), separated by commas;
 *       default none: then no such header is let pass.
 * </ul>
 *
 * <p>A header that is signed and of another mail goes too, and so does one about a delivery to somebody else: its {@code to} has to be a
 * domain of this James, for a mail that travelled well to another server may have come on from there in cleartext. An unknown parameter, and a key that cannot be read, stop the start. Never throws
 * afterwards: a header that cannot be checked is taken away. Where James cannot read the header of the mail at all, nothing can be taken from
 * it: the log says so, and the mail goes on as it is.
 */
public class StripForgedHeaders extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(StripForgedHeaders.class);

    private final FileSystem files;
    private List<EvidenceKey> keys = List.of();

    /** Guice calls this. */
    @Inject
    public StripForgedHeaders(FileSystem files) {
        this.files = files;
    }

    @Override
    public void init() throws MessagingException {
        NoticeParameters.checkNames(getMailetConfig(), Set.of("keys"));
        List<EvidenceKey> found = new ArrayList<>();
        for (String url : Splitter.on(',')
                .trimResults()
                .omitEmptyStrings()
                .split(NoticeParameters.text(getMailetConfig(), "keys").orElse(""))) {
            try {
                found.add(EvidenceKey.read(files.getFile(url).toPath()));
            } catch (IOException | RuntimeException e) {
                throw new MessagingException(
                        "mailetcontainer.xml: StripForgedHeaders: unsupported key \"" + url
                                + "\" (expected: a file like file://conf/keys/partner.pub.pem with an Ed25519 PUBLIC KEY)",
                        e);
            }
        }
        keys = List.copyOf(found);
    }

    @Override
    public void service(Mail mail) {
        try {
            MimeMessage message = mail.getMessage();
            message.removeHeader(RecordHops.HEADER);
            String[] said = message.getHeader(DeliveryStatement.HEADER);
            if (said == null) {
                return;
            }
            message.removeHeader(DeliveryStatement.HEADER);
            for (String body : trueOf(message, said)) {
                message.addHeader(DeliveryStatement.HEADER, body);
            }
        } catch (MessagingException | RuntimeException | LinkageError e) {
            LOGGER.error("headers of {} cannot be checked", mail.getName(), e);
        }
    }

    private List<String> trueOf(MimeMessage message, String[] said) {
        if (keys.isEmpty()) {
            return List.of();
        }
        try (InputStream in = new MimeMessageInputStream(message)) {
            MessageBinding binding = MessageBinding.of(in);
            return Arrays.stream(said)
                    .filter(body -> DeliveryStatement.parse(body)
                            .filter(statement -> statement.check(binding, keys) == Check.VALID)
                            .filter(this::isAboutDeliveryToUs)
                            .isPresent())
                    .toList();
        } catch (MessagingException | IOException | RuntimeException e) {
            LOGGER.warn("what a mail says of its TLS cannot be checked and is taken away", e);
            return List.of();
        }
    }

    /** What a server says of its delivery to somebody else tells nothing of the way that the mail has come from there. */
    private boolean isAboutDeliveryToUs(DeliveryStatement statement) {
        String to = statement.tags().getOrDefault("to", "");
        return !to.isEmpty() && getMailetContext().isLocalServer(Domain.of(to));
    }
}
