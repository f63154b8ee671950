/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tlsward.james.AddressClasses;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.policy.RequireHeader;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

class RequireTlsTest {
    private static final String TLSWARD =
            """
            <tlsward>
              <classes default="general">
                <class name="medical">
                  <members><address>praxis@klinik.example</address></members>
                  <outbound level="encrypt" minimum="TLSv1.3"/>
                </class>
                <class name="general"/>
              </classes>
            </tlsward>""";

    @TempDir
    Path root;

    private FakeServer server;
    private AddressClasses classes;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(root, TLSWARD);
        classes = FakeServer.classes(server.ward());
    }

    private RequireTls mailet(String... parameters) throws MessagingException {
        RequireTls mailet = new RequireTls(classes);
        mailet.init(server.config("RequireTls", parameters).build());
        return mailet;
    }

    private static Requirement mark(MailImpl mail) {
        return WardAttributes.requirement(mail).map(RequirementText::parse).orElse(Requirement.NOTHING);
    }

    @Test
    void theClassOfTheRecipientsShouldBecomeAMarkAndAHeader() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "praxis@klinik.example");
        mailet().service(mail);

        assertThat(mark(mail).encrypted()).isTrue();
        assertThat(mark(mail).minimum().orElseThrow().toString()).contains("1.3");
        assertThat(WardAttributes.classes(mail)).contains("medical");
        assertThat(RequireHeader.parse(java.util.List.of(mail.getMessage().getHeader(RequireHeader.NAME))))
                .isEqualTo(mark(mail));
    }

    @Test
    void mailThatNothingIsDemandedOfShouldStayAsItIs() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "verwaltung@klinik.example");
        mailet().service(mail);

        assertThat(WardAttributes.requirement(mail)).isEmpty();
        assertThat(mail.getMessage().getHeader(RequireHeader.NAME)).isNull();
    }

    @Test
    void aMarkShouldOnlyRaise() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "verwaltung@klinik.example");
        mailet("level", "authenticated").service(mail);
        Requirement strict = mark(mail);
        mailet("level", "encrypt").service(mail);
        assertThat(mark(mail)).isEqualTo(strict);

        mailet("level", "encrypt", "minimum", "TLSv1.3").service(mail);
        assertThat(mark(mail)).isEqualTo(strict.join(mark(mail)));
        assertThat(mark(mail).minimum()).isPresent();
        Requirement ofHeader =
                RequireHeader.parse(java.util.List.of(mail.getMessage().getHeader(RequireHeader.NAME)));
        assertThat(ofHeader.join(mark(mail))).as("no weaker than the mark").isEqualTo(ofHeader);
    }

    @Test
    void theSendersWishShouldStandInTheHeader() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "verwaltung@klinik.example");
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);
        mailet().service(mail);

        assertThat(RequireHeader.parse(java.util.List.of(mail.getMessage().getHeader(RequireHeader.NAME)))
                        .requireTls())
                .isTrue();
    }

    @Test
    void whatGoesWrongShouldMakeTheMailUnsatisfiable() throws Exception {
        RequireTls broken = new RequireTls(new AddressClasses(null, null) {
            @Override
            public Answer ofRecipient(org.apache.james.core.MailAddress recipient) {
                throw new IllegalStateException("broken on purpose");
            }
        });
        broken.init(server.config("RequireTls").build());
        MailImpl mail = FakeServer.mail("mail", "praxis@klinik.example");
        broken.service(mail);

        assertThat(mark(mail).isUnsatisfiable()).isTrue();
    }

    @Test
    void neverShouldBeALevel() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "verwaltung@klinik.example");
        mailet("level", "never").service(mail);
        assertThat(mark(mail)).isEqualTo(TlsLevel.NEVER.requirement());
    }

    @ParameterizedTest
    @CsvSource({
        "level,secure",
        "level,fingerprint",
        "level,may",
        "level,none",
        "level,TLS",
        "minimum,SSLv3",
        "minimum,1.2",
        "Level,encrypt"
    })
    void wrongParametersShouldStopTheStart(String name, String value) {
        assertThatThrownBy(() -> mailet(name, value))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("mailetcontainer.xml: RequireTls: unsupported ")
                .hasMessageContaining("expected: ");
    }
}
