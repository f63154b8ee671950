/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Demand;
import org.tlsward.policy.Requirement;

/** Our own report has to arrive where TLS is broken: neither what the destination publishes counts for it nor our rules, and for nothing else. */
class OwnReportDemandTest {
    @TempDir
    Path root;

    @Test
    void onlyTheReportToItsRecipientShouldDropWhatIsPublished() throws Exception {
        FakeServer server =
                new FakeServer(root, "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        MailDemand demands = new MailDemand(FakeServer.classes(server.ward()), server.stops());
        MailAddress named = new MailAddress("reports@partner.example");
        MailAddress other = new MailAddress("elsewhere@partner.example");
        MailImpl mail = MailImpl.builder()
                .name("m")
                .sender("tls@klinik.example")
                .addRecipients(named, other)
                .build();
        assertThat(demands.of(mail, named, Instant.EPOCH).publishedCounts()).isTrue();

        mail.setAttribute(
                new Attribute(AttributeName.of("tlsward.tlsreport"), AttributeValue.of("v1 reports@partner.example")));

        assertThat(demands.of(mail, named, Instant.EPOCH).publishedCounts()).isFalse();
        assertThat(demands.of(mail, other, Instant.EPOCH).publishedCounts()).isTrue();
    }

    /** RFC 8460 §3: the report about a partner is not held back by the rule for that partner, nor by the class of our contact. */
    @Test
    void rulesOfOursShouldNotHoldBackAReport() throws Exception {
        FakeServer server = new FakeServer(
                root,
                """
                <tlsward><classes default='general'>
                  <class name='medical'><members><address>tls@klinik.example</address></members>
                    <outbound level='encrypt'/></class>
                  <class name='general'/></classes>
                <destinations><destination match='partner.example' level='secure'/></destinations></tlsward>
                """);
        MailDemand demands = new MailDemand(FakeServer.classes(server.ward()), server.stops());
        MailAddress named = new MailAddress("reports@partner.example");
        MailImpl mail = MailImpl.builder()
                .name("m")
                .sender("tls@klinik.example")
                .addRecipients(named)
                .build();
        assertThat(demands.of(mail, named, Instant.EPOCH).required().isEmpty()).isFalse();

        mail.setAttribute(
                new Attribute(AttributeName.of("tlsward.tlsreport"), AttributeValue.of("v1 reports@partner.example")));

        Demand spared = demands.of(mail, named, Instant.EPOCH);
        assertThat(spared.required()).isEqualTo(Requirement.NOTHING);
        assertThat(spared.lowerings()).singleElement().satisfies(lowering -> assertThat(lowering.replaced())
                .extracting(Contribution::source)
                .contains(Contribution.Source.SENDER_CLASS, Contribution.Source.DESTINATION));
        // RFC 8460 §5.5
        assertThat(spared.deadlines().giveUpOtherwise()).isEqualTo(Duration.ofHours(24));
    }
}
