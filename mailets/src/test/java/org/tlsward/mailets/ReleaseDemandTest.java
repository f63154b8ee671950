/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.mailrepository.memory.MemoryMailRepository;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.QuarantineSettings;
import org.tlsward.explain.Language;
import org.tlsward.explain.LanguageRules;
import org.tlsward.james.WardAttributes;
import org.tlsward.james.WardAttributes.SenderWish;
import org.tlsward.james.quarantine.Quarantine;
import org.tlsward.james.quarantine.Shelf;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Lowering;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** A release override lowers what our side demands of one mail, and of nothing else. */
class ReleaseDemandTest {
    @TempDir
    Path root;

    private FakeServer server;
    private MailDemand demands;
    private Quarantine quarantine;
    private Shelf shelf;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(
                root,
                """
                <tlsward><classes default='general'>
                  <class name='medical'><members><domain>partner.example</domain></members><outbound level='encrypt'/></class>
                  <class name='general'/></classes></tlsward>
                """);
        demands = new MailDemand(FakeServer.classes(server.ward()), server.stops());
        quarantine = new Quarantine(new Quarantine.Surroundings(
                () -> new QuarantineSettings(
                        Duration.ofDays(30),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        List.of("en"),
                        Optional.empty()),
                actions -> {},
                Clock.systemUTC()));
        SenderNotices notices =
                new SenderNotices(server.context(), new LanguageRules(Optional.empty(), Map.of(), Language.EN));
        shelf = new Shelf(
                "memory://withheld", new MemoryMailRepository(), new ShelfCourier(server.context(), notices, "relay"));
        quarantine.add(shelf);
    }

    /** A mail after a release under that level, as it reaches the processor of delivery. */
    private Mail released(MailImpl mail, TlsLevel level) throws Exception {
        quarantine.keep(shelf, mail);
        String id =
                quarantine.list(Optional.empty(), Optional.empty(), 1).get(0).id();
        quarantine.override(id, "anna", "theatre", level);
        FakeServer.Taken taken = server.sent().get(server.sent().size() - 1);
        assertThat(taken.where()).isEqualTo("relay");
        return taken.mail();
    }

    private Demand demand(Mail mail, String recipient) throws Exception {
        return demands.of(mail, new MailAddress(recipient), Instant.now());
    }

    @Test
    void overrideShouldReplaceWhatClassesDemandAndSayWho() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "arzt@partner.example");
        WardAttributes.setClasses(mail, Set.of("medical"));
        WardAttributes.setRequirement(mail, TlsLevel.ENCRYPT.requirement());
        assertThat(demand(mail, "arzt@partner.example").required()).isEqualTo(TlsLevel.ENCRYPT.requirement());

        Demand lowered = demand(released(mail, TlsLevel.MAY), "arzt@partner.example");

        assertThat(lowered.required()).isEqualTo(Requirement.NOTHING);
        assertThat(lowered.publishedCounts()).isTrue();
        assertThat(lowered.lowerings()).singleElement().satisfies(lowering -> {
            assertThat(lowering.kind()).isEqualTo(Lowering.Kind.RELEASE);
            assertThat(lowering.name()).isEqualTo("anna");
            assertThat(lowering.reason()).isEqualTo("theatre");
            assertThat(lowering.replaced())
                    .extracting(Contribution::source)
                    .contains(Contribution.Source.RECIPIENT_CLASS);
        });
    }

    @Test
    void overrideShouldNotLowerWhatTheSenderAskedFor() throws Exception {
        MailImpl mail = FakeServer.mail("mail", "arzt@partner.example");
        WardAttributes.setSenderWish(mail, SenderWish.REQUIRED);

        assertThat(demand(released(mail, TlsLevel.MAY), "arzt@partner.example")
                        .required()
                        .requireTls())
                .isTrue();
    }

    @Test
    void overrideShouldNotCountForOthers() throws Exception {
        Mail mail = released(FakeServer.mail("mail", "arzt@partner.example"), TlsLevel.MAY);

        assertThat(demand(mail, "other@partner.example").required()).isEqualTo(TlsLevel.ENCRYPT.requirement());
    }

    @Test
    void releaseWithoutOverrideShouldDemandTheSame() throws Exception {
        quarantine.keep(shelf, FakeServer.mail("mail", "arzt@partner.example"));
        quarantine.release(
                quarantine.list(Optional.empty(), Optional.empty(), 1).get(0).id(), "anna");

        assertThat(demand(server.sent().get(0).mail(), "arzt@partner.example").required())
                .isEqualTo(TlsLevel.ENCRYPT.requirement());
    }
}
