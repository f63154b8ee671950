/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;

import javax.mail.MessagingException;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.base.test.FakeMail;
import org.junit.jupiter.api.Test;
import org.tlsward.james.WardAttributes.SenderWish;

/** Our attribute and the one of James 3.9, which is true or false. */
class SenderWishTest {
    private final FakeMail mail = mail();

    private static FakeMail mail() {
        try {
            return FakeMail.builder().name("mail").build();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stock(boolean value) {
        mail.setAttribute(new Attribute(AttributeName.of("REQUIRETLS"), AttributeValue.of(value)));
    }

    @Test
    void attributeOfJamesShouldBeRead() {
        assertThat(WardAttributes.senderWish(mail)).isEmpty();
        stock(true);
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
        stock(false);
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.NOT_REQUIRED);
    }

    /** RFC 8689 §4.1: with the parameter the header is ignored, whoever has seen which. */
    @Test
    void strictOneShouldCountIfTheyDiffer() {
        stock(false);
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
        stock(true);
        WardAttributes.setSenderWish(mail, SenderWish.NOT_REQUIRED);
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
    }

    @Test
    void whatNobodyOfOursWroteShouldBeTheStrictOne() {
        mail.setAttribute(new Attribute(WardAttributes.REQUIRETLS, AttributeValue.of("v9 perhaps")));
        assertThat(WardAttributes.senderWish(mail)).contains(SenderWish.REQUIRED);
    }
}
