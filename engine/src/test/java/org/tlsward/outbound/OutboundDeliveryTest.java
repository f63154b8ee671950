/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.config.JamesDirectories;
import org.tlsward.config.WardConfiguration;
import org.tlsward.config.WardConfigurationReader;
import org.tlsward.delivery.DeliverToDomain;
import org.tlsward.mtasts.StsAnswer;
import org.tlsward.mtasts.StsCache;
import org.tlsward.policy.EmergencyStop;
import org.tlsward.policy.TlsLimits;
import org.tlsward.smtp.ChainJudge;
import org.tlsward.testing.SmallZone;
import org.tlsward.testing.TestCa;

class OutboundDeliveryTest {
    private static final String DNS = "<dns mode=\"trust-ad\" servers=\"127.0.0.1:1\"/>";
    private static final String OTHER_DNS = "<dns mode=\"trust-ad\" servers=\"127.0.0.1:2\"/>";
    private static final String TRUST = "<trust store=\"file://conf/ca.p12\" password=\"secret\"/>";

    @TempDir
    private Path root;

    private OutboundDelivery outbound;

    @BeforeEach
    void open() throws Exception {
        Path store = Files.createDirectories(root.resolve("conf")).resolve("ca.p12");
        KeyStore cas = KeyStore.getInstance("PKCS12");
        cas.load(null, null);
        cas.setCertificateEntry("root", TestCa.today().root());
        try (OutputStream out = Files.newOutputStream(store)) {
            cas.store(out, "secret".toCharArray());
        }
        outbound = OutboundDelivery.open(
                configuration(DNS), OutboundDelivery.Options.usual(), root.resolve("state"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        outbound.close();
    }

    private WardConfiguration configuration(String services) throws IOException {
        Path file = root.resolve("conf/tlsward.xml");
        Files.writeString(
                file,
                "<tlsward><classes default=\"general\"><class name=\"general\"><outbound level=\"may\"/></class></classes>"
                        + services + "</tlsward>");
        return new WardConfigurationReader(JamesDirectories.below(root)).read(file);
    }

    @Test
    void whatDidNotChangeShouldStay() throws Exception {
        DeliverToDomain delivery = outbound.delivery();
        assertThat(outbound.isOf(configuration(DNS))).isTrue();
        outbound.follow(configuration(DNS));
        assertThat(outbound.delivery()).isSameAs(delivery);
    }

    @Test
    void policiesShouldOutliveEveryChange() throws Exception {
        StsCache policies = outbound.stsPolicies();
        ChainJudge judge = outbound.judge();
        outbound.follow(configuration(OTHER_DNS));
        assertThat(outbound.judge()).isSameAs(judge);
        outbound.follow(configuration(OTHER_DNS + TRUST));
        assertThat(outbound.judge()).isNotSameAs(judge);
        assertThat(outbound.stsPolicies()).isSameAs(policies);
        assertThat(outbound.isOf(configuration(OTHER_DNS + TRUST))).isTrue();
    }

    @Test
    void networksOfOurOwnShouldCountAtOnce() throws Exception {
        WardConfiguration changed = configuration(DNS + "<networks internal=\"10.0.0.0/8\"/>");
        assertThat(outbound.isOf(changed)).isFalse();
        outbound.follow(changed);
        assertThat(outbound.isOf(changed)).isTrue();
    }

    @Test
    void whatCannotBeUsedShouldChangeNothing() throws Exception {
        DeliverToDomain delivery = outbound.delivery();
        WardConfiguration broken = configuration(OTHER_DNS + TRUST.replace("secret", "wrong"));
        assertThatThrownBy(() -> outbound.follow(broken)).isInstanceOf(IOException.class);
        assertThat(outbound.delivery()).isSameAs(delivery);
        assertThat(outbound.isOf(configuration(DNS))).isTrue();
    }

    @Test
    void renewedDeliveryShouldHaveOtherConnectionsAndForgetNothingElse() throws Exception {
        DeliverToDomain delivery = outbound.delivery();
        ChainJudge judge = outbound.judge();
        outbound.renew();
        assertThat(outbound.delivery()).isNotSameAs(delivery);
        assertThat(outbound.judge()).isSameAs(judge);
        assertThat(outbound.isOf(configuration(DNS))).isTrue();
    }

    /** Policies come over HTTPS: while there is no TLS nobody is asked, and nobody claims that there is none. */
    @Test
    void noPolicyShouldBeFetchedWithoutTls() throws Exception {
        EmergencyStop stop = new EmergencyStop(
                EmergencyStop.What.NO_TLS,
                "",
                "a hole",
                "anna",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH.plusSeconds(60)));
        AtomicReference<TlsLimits> limits = new AtomicReference<>(TlsLimits.of(List.of(stop)));
        try (SmallZone zone = new SmallZone().with("_mta-sts.two.example.", "TXT", "\"v=STSv1; id=1\"")) {
            WardConfiguration here = configuration("<dns mode=\"trust-ad\" servers=\"" + zone.server() + "\"/>");
            try (DestinationFacts facts =
                    DestinationFacts.open(here, root.resolve("facts"), Clock.systemUTC(), limits::get)) {
                assertThat(facts.stsPolicies().latest("two.example"))
                        .isInstanceOfSatisfying(StsAnswer.LookupFailed.class, failed -> assertThat(failed.why())
                                .contains("emergency", "a hole"));
                limits.set(TlsLimits.NONE);
                assertThat(facts.stsPolicies().latest("two.example"))
                        .as("asked at once when there is TLS again")
                        .isInstanceOf(StsAnswer.NotFetched.class);
            }
        }
    }
}
