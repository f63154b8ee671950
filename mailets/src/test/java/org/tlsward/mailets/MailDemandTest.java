/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.james.WardAttributes;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Contribution.Source;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.TlsLevel;

/** Each rule is told once, and by the name of what it is. */
class MailDemandTest {
    @TempDir
    Path root;

    private MailDemand demands;
    private MailAddress medical;

    @BeforeEach
    void start() throws Exception {
        FakeServer server = new FakeServer(
                root,
                """
                <tlsward><classes default='general'>
                  <class name='medical'><members><address>praxis@partner.example</address></members>
                    <outbound level='encrypt'/></class>
                  <class name='research'><outbound level='encrypt'/></class>
                  <class name='general'/></classes></tlsward>
                """);
        demands = new MailDemand(FakeServer.classes(server.ward()), server.stops());
        medical = new MailAddress("praxis@partner.example");
    }

    private MailImpl mail() throws Exception {
        return MailImpl.builder()
                .name("m")
                .sender("a@klinik.example")
                .addRecipients(medical)
                .build();
    }

    private List<Source> sources(MailImpl mail) {
        Demand demand = demands.of(mail, medical, Instant.EPOCH);
        assertThat(demand.required()).isEqualTo(TlsLevel.ENCRYPT.requirement());
        return demand.contributions().stream()
                .filter(rule -> !rule.required().isEmpty())
                .map(Contribution::source)
                .toList();
    }

    /** No {@code RequireTls} in root: nobody knows of a forward, so none is told of. */
    @Test
    void mailWithoutAMarkShouldBeForItsRecipient() throws Exception {
        assertThat(sources(mail())).containsExactly(Source.RECIPIENT_CLASS);
    }

    /** What {@code RequireTls} without a level leaves behind says the same as the class. */
    @Test
    void markOfTheClassShouldNotBeASecondRule() throws Exception {
        MailImpl mail = mail();
        WardAttributes.setClasses(mail, Set.of("medical"));
        WardAttributes.setRequirement(mail, TlsLevel.ENCRYPT.requirement());

        assertThat(sources(mail)).containsExactly(Source.RECIPIENT_CLASS);
    }

    @Test
    void classAfterAForwardShouldBeToldAsThat() throws Exception {
        MailImpl mail = mail();
        WardAttributes.setClasses(mail, Set.of("research"));

        assertThat(sources(mail)).containsExactly(Source.RECIPIENT_CLASS, Source.REWRITTEN_RECIPIENT_CLASS);
    }

    /** The class is gone since the mail was marked: what it demanded still counts. */
    @Test
    void markThatDemandsMoreShouldCountByItself() throws Exception {
        MailImpl mail = mail();
        WardAttributes.setClasses(mail, Set.of("gone"));
        Requirement more = TlsLevel.AUTHENTICATED.requirement();
        WardAttributes.setRequirement(mail, more);

        Demand demand = demands.of(mail, medical, Instant.EPOCH);

        assertThat(demand.required()).isEqualTo(more.join(TlsLevel.ENCRYPT.requirement()));
        assertThat(demand.contributions())
                .filteredOn(rule -> !rule.required().isEmpty())
                .extracting(Contribution::source)
                .containsExactly(Source.REWRITTEN_RECIPIENT_CLASS, Source.MARK);
    }
}
