/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own report has to arrive where TLS is broken: what the destination publishes does not count for it, and for nothing else. */
class OwnReportDemandTest {
    @TempDir
    Path root;

    @Test
    void onlyTheReportToItsRecipientShouldDropWhatIsPublished() throws Exception {
        FakeServer server =
                new FakeServer(root, "<tlsward><classes default='general'><class name='general'/></classes></tlsward>");
        MailDemand demands = new MailDemand(FakeServer.classes(server.ward()));
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
}
