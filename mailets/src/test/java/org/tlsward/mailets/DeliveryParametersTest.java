/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.mailets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import javax.mail.MessagingException;
import org.apache.mailet.base.test.FakeMailetConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryParametersTest {
    private static DeliveryParameters read(String... more) throws MessagingException {
        FakeMailetConfig.Builder config = FakeMailetConfig.builder()
                .mailetName("TlsRemoteDelivery")
                .setProperty("withheldProcessor", "tls-withheld")
                .setProperty("bounceProcessor", "bounces");
        for (int i = 0; i < more.length; i += 2) {
            config.setProperty(more[i], more[i + 1]);
        }
        return DeliveryParameters.read(config.build());
    }

    @Test
    void whatIsNotSaidShouldBeUsual() throws Exception {
        DeliveryParameters usual = read();

        assertThat(usual.queue()).isEqualTo("outgoing-tlsward");
        assertThat(usual.port()).isEqualTo(25);
        assertThat(usual.connections()).isEqualTo(10);
        assertThat(usual.threads()).isEqualTo(200);
        assertThat(usual.gateway()).isEmpty();
        assertThat(usual.delayed()).isEqualTo(DeliveryParameters.Delayed.AUTO);
        assertThat(usual.delayAfter(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(usual.delayAfter(1000)).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void everyParameterShouldCount() throws Exception {
        DeliveryParameters all = read(
                "outgoing",
                "other",
                "delayedProcessor",
                "late",
                "onDeliveredProcessor",
                "done",
                "port",
                "2525",
                "heloName",
                "mail.klinik.example",
                "bind",
                "192.0.2.1, 2001:db8::1",
                "delayTime",
                "1 hour",
                "gateway",
                "relay.example:587",
                "gatewayUsername",
                "klinik",
                "gatewayPassword",
                "secret",
                "threads",
                "3",
                "maxConnectionsPerDestination",
                "4",
                "delayedDelivery",
                "wait-queues",
                "onMailetException",
                "propagate");

        assertThat(all.queue()).isEqualTo("other");
        assertThat(all.delayedProcessor()).contains("late");
        assertThat(all.onDeliveredProcessor()).contains("done");
        assertThat(all.port()).isEqualTo(2525);
        assertThat(all.heloName()).contains("mail.klinik.example");
        assertThat(all.bind())
                .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
        assertThat(all.gateway().orElseThrow().toString())
                .contains("relay.example")
                .contains("587");
        assertThat(all.login().orElseThrow().user()).isEqualTo("klinik");
        assertThat(all.threads()).isEqualTo(3);
        assertThat(all.connections()).isEqualTo(4);
        assertThat(all.delayed()).isEqualTo(DeliveryParameters.Delayed.WAIT_QUEUES);
        assertThat(all.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 minutes, 3*10 minutes, 1 hour | PT5M PT10M PT10M PT10M PT1H",
                "1 MINUTE|PT1M",
                "90 sec|PT1M30S",
                "2 * 1 day|PT24H PT24H",
                "500|PT0.5S",
                "250 msec,1h|PT0.25S PT1H"
            })
    void delaysShouldBeThoseOfJames(String text, String expected) throws Exception {
        List<String> delays =
                DeliveryParameters.delays(text).stream().map(Duration::toString).toList();
        assertThat(String.join(" ", delays)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                ",",
                "soon",
                "5 fortnights", // no unit of James
                "0 minutes", // would go round at full speed
                "0*5 minutes",
                "-5 minutes",
                "1.5 hours",
                "99999999999*1 minute", // no number
                "1000*1 minute", // a list that nobody means
                "9999999999 hours" // no duration
            })
    void wrongDelaysShouldBeRefused(String text) {
        assertThatThrownBy(() -> DeliveryParameters.delays(text))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("unsupported delayTime")
                .hasMessageContaining("expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port|0",
                "port|65536",
                "port|smtp",
                "threads|-1",
                "threads|10001",
                "maxConnectionsPerDestination|0",
                "bind|localhost", // no look-ups
                "bind|192.0.2.1, 192.0.2.2", // two of a family
                "bind|192.0.2.1.1.1",
                "heloName|mail klinik.example",
                "heloName|-mail",
                "gateway|relay.example:0",
                "gateway|a b",
                "delayedDelivery|Queue",
                "startTLS|true", // of RemoteDelivery; TLS is no matter of choice here
                "Port|25"
            })
    void wrongValuesShouldBeRefused(String name, String value) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOf(MessagingException.class)
                .hasMessageStartingWith("mailetcontainer.xml: TlsRemoteDelivery: unsupported ")
                .hasMessageContaining("expected: ");
    }

    @Test
    void whatBelongsTogetherShouldBeComplete() {
        assertThatThrownBy(() -> DeliveryParameters.read(FakeMailetConfig.builder()
                        .setProperty("bounceProcessor", "b")
                        .build()))
                .hasMessageContaining("withheldProcessor is missing");
        assertThatThrownBy(() -> read("bounceProcessor", " ")).hasMessageContaining("bounceProcessor is missing");
        assertThatThrownBy(() -> read("gateway", "relay.example", "gatewayUsername", "u"))
                .hasMessageContaining("gatewayPassword is missing");
        assertThatThrownBy(() -> read("gateway", "relay.example", "gatewayPassword", "p"))
                .hasMessageContaining("gatewayUsername is missing");
        assertThatThrownBy(() -> read("gatewayUsername", "u", "gatewayPassword", "p"))
                .hasMessageContaining("gateway is missing");
    }
}
