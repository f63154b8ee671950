/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.Test;
import org.tlsward.james.RecipientNote;
import org.tlsward.james.RecipientNote.Fate;
import org.tlsward.james.RecipientNotes;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** How sensitive kept mail is, and so what is told of it. */
class KeptMailsTest {
    private static final Requirement ENCRYPT = TlsLevel.ENCRYPT.requirement();
    private static final Requirement REQUIRETLS =
            Requirement.builder().requireTls().build();

    /** Here by another way than delivery: no notes. */
    private static MailImpl mailWithoutNotes() throws Exception {
        MailImpl mail = KeptMailSamples.mail("mail", "praxis@klinik.example");
        mail.removeAttribute(RecipientNotes.NAME);
        WardAttributes.setRequirement(mail, ENCRYPT);
        return mail;
    }

    @Test
    void mailWithoutNotesShouldNeedWhatItsMarkSays() throws Exception {
        MailImpl mail = mailWithoutNotes();
        assertThat(KeptMails.why(mail).required()).isEqualTo(ENCRYPT);

        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);

        assertThat(KeptMails.why(mail).required()).isEqualTo(ENCRYPT.join(REQUIRETLS));
        assertThat(KeptMails.notes(mail))
                .extracting(RecipientNote::protection)
                .containsExactly(ENCRYPT.join(REQUIRETLS));
    }

    @Test
    void senderWhoNeedsNoTlsShouldAddNothing() throws Exception {
        MailImpl mail = mailWithoutNotes();
        WardAttributes.setSenderWish(mail, SenderWish.NOT_REQUIRED);

        assertThat(KeptMails.why(mail).required()).isEqualTo(ENCRYPT);
    }

    @Test
    void unreadableMarkShouldMeanThatNothingMayBeTold() throws Exception {
        MailImpl mail = mailWithoutNotes();
        mail.setAttribute(new org.apache.mailet.Attribute(
                WardAttributes.REQUIREMENT, org.apache.mailet.AttributeValue.of("v9;unheard-of")));

        assertThat(KeptMails.why(mail).required().isUnsatisfiable()).isTrue();
    }

    /** An exception or a release let it through with less: it is no less sensitive. */
    @Test
    void loweredMailShouldNeedWhatItNeededBefore() throws Exception {
        MailImpl mail = mailWithoutNotes();
        mail.removeAttribute(WardAttributes.REQUIREMENT);
        RecipientNotes.set(
                mail,
                List.of(new RecipientNote(
                        "praxis@klinik.example",
                        Optional.empty(),
                        Fate.REJECTED,
                        Optional.empty(),
                        "5.1.1",
                        Requirement.NOTHING,
                        List.of(),
                        Optional.empty(),
                        "nobody",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        ENCRYPT)));

        assertThat(RecipientNotes.get(mail)).extracting(RecipientNote::required).containsExactly(Requirement.NOTHING);
        assertThat(KeptMails.why(mail).required()).isEqualTo(ENCRYPT);
    }
}
