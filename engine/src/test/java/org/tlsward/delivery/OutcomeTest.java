/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tlsward.delivery.Outcome.Deferred;
import org.tlsward.delivery.Outcome.Delivered;
import org.tlsward.delivery.Outcome.Rejected;
import org.tlsward.delivery.Outcome.Unmet;
import org.tlsward.policy.Deadlines;
import org.tlsward.policy.Requirement;
import org.tlsward.smtp.EnvelopeRecipient;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.TextMessage;

/** From replies to outcomes, and which host is asked next. */
class OutcomeTest extends DeliveryTestBase {

    private void twoHosts(String first, String second) {
        host(first);
        host(second);
        dns.mx("two.example", "10 mx.two.example", "20 b.two.example");
        dns.host("mx.two.example", "127.0.0.1").host("b.two.example", "127.0.0.2");
    }

    @Test
    void recipientsShouldHaveOutcomesOfTheirOwn() {
        onlyHost(TLS + "ON RCPT TO:<gone* => 550 5.1.1 unknown\nON RCPT TO:<full* => 452 4.2.2 full\nSERVE");
        List<Outcome> outcomes =
                outcomes(deliver(ENCRYPT, "gone@two.example", "b@two.example", "full@two.example", "b>@two.example"));
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo("5.1.1");
            assertThat(rejected.reply()).isPresent();
        });
        assertThat(outcomes.get(1)).isInstanceOf(Delivered.class);
        assertThat(outcomes.get(2)).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.status()).isEqualTo("4.2.2");
            assertThat(deferred.kind()).isEqualTo(Deadlines.Failure.OTHER);
        });
        assertThat(outcomes.get(3)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.status()).isEqualTo("5.1.3");
            assertThat(rejected.reply()).isEmpty();
        });
    }

    @Test
    void deferredRecipientsShouldTryTheNextHost() {
        twoHosts(TLS + "ON RCPT TO:<later* => 450 4.2.0 greylisted\nSERVE", TLS + "SERVE");
        List<Outcome> outcomes = outcomes(deliver(ENCRYPT, "b@two.example", "later@two.example"));
        assertThat(outcomes).allMatch(Delivered.class::isInstance);
        assertThat(servers.get(1).connections().get(0).commands())
                .contains("RCPT TO:<later@two.example>")
                .doesNotContain("RCPT TO:<b@two.example>");
    }

    @Test
    void whatAnEarlierHostGotShouldNotBeForgotten() {
        for (String step : List.of("RCPT*", ".")) {
            twoHosts(CLEAR + "ON " + step + " => 451 4.3.0 later\nSERVE", TLS + "SERVE");
            DeliveryReport report = deliver(Requirement.NOTHING, "b@two.example", "c@two.example");
            assertThat(report.attempts()).as(step).hasSize(2);
            assertThat(report.recipients()).hasSize(2).allSatisfy(each -> {
                assertThat(each.outcome()).isInstanceOf(Delivered.class);
                assertThat(each.outcome().circumstances().bytes().beforeHandshake())
                        .isZero();
                assertThat(each.earlier()).singleElement().satisfies(earlier -> {
                    assertThat(earlier.reply().orElseThrow().code()).isEqualTo(451);
                    Circumstances at = earlier.circumstances();
                    assertThat(at.host().orElseThrow().candidate().host()).isEqualTo("mx.two.example");
                    assertThat(at.tls()).isEmpty();
                    assertThat(at.bytes())
                            .isEqualTo(report.attempts().get(0).circumstances().bytes());
                    assertThat(at.bytes().beforeHandshake()).isGreaterThan(step.equals(".") ? 60 : 30);
                });
            });
            assertThat(servers.get(0).connections().get(0).wire().contains(MARK))
                    .isEqualTo(step.equals("."));
            startAgain();
        }
    }

    @Test
    void theHostThatDecidesShouldNotBeToldTwice() {
        twoHosts(CLEAR + "ON RCPT* => 451 4.3.0 later\nSERVE", CLEAR + "ON RCPT* => 452 4.3.1 later\nSERVE");
        DeliveryReport.RecipientOutcome both =
                deliver(Requirement.NOTHING).recipients().get(0);
        assertThat(both.outcome().reply().orElseThrow().code()).isEqualTo(452);
        assertThat(both.earlier()).singleElement().satisfies(earlier -> assertThat(
                        earlier.reply().orElseThrow().code())
                .isEqualTo(451));
        startAgain();

        twoHosts(CLEAR + "ON RCPT* => 451 4.3.0 later\nSERVE", "RESET");
        DeliveryReport.RecipientOutcome first =
                deliver(Requirement.NOTHING).recipients().get(0);
        assertThat(first.outcome().reply().orElseThrow().code()).isEqualTo(451);
        assertThat(first.earlier()).isEmpty();
        startAgain();

        twoHosts(CLEAR + "SERVE", TLS + "SERVE");
        assertThat(deliver(ENCRYPT).recipients().get(0).earlier())
                .as("refused before the envelope")
                .isEmpty();
    }

    @Test
    void whatAConnectionOfThePoolLostShouldNotBeForgotten() {
        onlyHost(CLEAR + "AFTER 2 RCPT* => 421 4.3.2 bye\nSERVE", CLEAR + "SERVE");
        assertThat(only(deliver(Requirement.NOTHING))).isInstanceOf(Delivered.class);
        DeliveryReport.RecipientOutcome second =
                deliver(Requirement.NOTHING).recipients().get(0);
        assertThat(second.outcome()).isInstanceOf(Delivered.class);
        assertThat(second.earlier()).singleElement().satisfies(earlier -> {
            assertThat(earlier.circumstances().reused()).isTrue();
            assertThat(earlier.circumstances().bytes().beforeHandshake()).isPositive();
        });
    }

    @Test
    void refusedRecipientsShouldNotTryTheNextHost() {
        twoHosts(TLS + "ON RCPT* => 550 5.1.1 unknown\nSERVE", TLS + "SERVE");
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Rejected.class);
        assertThat(servers.get(1).connections()).isEmpty();
    }

    @Test
    void messageThatMayHaveArrivedShouldNotGoToTheNextHost() {
        twoHosts(TLS + "ON . => RESET\nSERVE", TLS + "SERVE");
        assertThat(only(deliver(ENCRYPT)))
                .isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.maybeDelivered())
                        .isTrue());
        assertThat(servers.get(1).connections()).isEmpty();
    }

    @Test
    void brokenHostsShouldLeadToTheNext() {
        for (String script : List.of(
                "S: 554 5.7.1 go away\nCLOSE",
                "S: 421 4.3.2 busy\nCLOSE",
                "RESET",
                "S: HTTP/1.1 400 Bad Request\nCLOSE",
                TLS + "ON MAIL* => 451 4.7.1 later\nSERVE",
                TLS + "ON MAIL* => RESET\nSERVE",
                TLS + "ON DATA => 421 bye\nSERVE")) {
            twoHosts(script, TLS + "SERVE");
            assertThat(only(deliver(ENCRYPT))).as(script).isInstanceOf(Delivered.class);
            startAgain();
        }
    }

    @Test
    void hostsThatDoNotAnswerShouldBeLeftAloneForAWhile() {
        ScriptedServer server = onlyHost("RESET", TLS + "SERVE");
        Outcome first = only(deliver(ENCRYPT));
        assertThat(first).isInstanceOfSatisfying(Deferred.class, deferred -> assertThat(deferred.kind())
                .isEqualTo(Deadlines.Failure.UNREACHED));
        clock.advance(Duration.ofSeconds(59));
        assertThat(only(deliver(ENCRYPT))).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.kind()).isEqualTo(Deadlines.Failure.UNREACHED);
            assertThat(deferred.explanation()).startsWith("not tried before");
        });
        assertThat(server.connections()).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Delivered.class);
        assertThat(memory.trouble(server.address(), "one.example")).isEmpty();
    }

    @Test
    void retryOfOneDestinationShouldLetTheHostsOfOthersRest() {
        InetSocketAddress shared = InetSocketAddress.createUnresolved("shared.example", 25);
        InetSocketAddress other = InetSocketAddress.createUnresolved("other.example", 25);
        memory.failed(shared, "one.example", "no answer");
        memory.failed(other, "other.example", "no answer");
        assertThat(memory.trouble(shared, "two.example")).isPresent();
        memory.forget(Optional.of("three.example"));
        assertThat(memory.trouble(shared, "one.example")).isPresent();
        // Mail for two.example was left lying only because another one had met with that host.
        memory.forget(Optional.of("two.example"));
        assertThat(memory.trouble(shared, "one.example")).isEmpty();
        assertThat(memory.trouble(other, "other.example")).isPresent();
        memory.forget(Optional.empty());
        assertThat(memory.trouble(other, "other.example")).isEmpty();
    }

    @Test
    void hostOfVeryManyDestinationsShouldBeForgottenForAnyOfThem() {
        InetSocketAddress relay = InetSocketAddress.createUnresolved("relay.example", 25);
        for (int i = 0; i <= HostMemory.MOST_DESTINATIONS; i++) {
            memory.failed(relay, i + ".example", "no answer");
        }
        memory.forget(Optional.of(HostMemory.MOST_DESTINATIONS + ".example"));
        assertThat(memory.trouble(relay, "0.example")).isEmpty();
    }

    @Test
    void backOffShouldGrowUpToItsLimit() {
        HostMemory.BackOff backOff = new HostMemory.BackOff(Duration.ofMinutes(1), Duration.ofMinutes(5));
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(backOff::after))
                .containsExactly(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(4),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
        assertThat(backOff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void greylistingByAGoodHostShouldCountMoreThanABadHost() {
        twoHosts(TLS + "ON RCPT* => 450 4.2.0 greylisted\nSERVE", CLEAR + "SERVE");
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Deferred.class);
        assertNothingSent(servers.get(1));
    }

    @Test
    void badHostShouldCountMoreThanADeadOne() {
        twoHosts("RESET", CLEAR + "SERVE");
        assertThat(only(deliver(ENCRYPT))).isInstanceOf(Unmet.class);
    }

    @Test
    void manyRecipientsShouldGoInManyTransactions() {
        recipientsPerTransaction = 2;
        ScriptedServer server = onlyHost(TLS + "SERVE");
        String[] recipients =
                IntStream.range(0, 5).mapToObj(i -> "r" + i + "@two.example").toArray(String[]::new);
        assertThat(outcomes(deliver(ENCRYPT, recipients))).allMatch(Delivered.class::isInstance);
        pool.close();
        assertThat(server.only().messages()).hasSize(3);
    }

    @Test
    void limitsOfTheServerShouldBeKept() {
        ScriptedServer server = onlyHost(TLS + "TLSFEATURES LIMITS RCPTMAX=1\nSERVE");
        assertThat(outcomes(deliver(ENCRYPT, "b@two.example", "c@two.example"))).allMatch(Delivered.class::isInstance);
        pool.close();
        assertThat(server.only().messages()).hasSize(2);
    }

    @Test
    void tooManyRecipientsShouldGoOnInAnotherTransaction() {
        ScriptedServer server = onlyHost(TLS + "ON RCPT TO:<r0* => 250 ok\nON RCPT TO:<r1* => 250 ok\n"
                + "AFTER 3 RCPT* => 250 ok\nON RCPT* => 452 4.5.3 too many\nSERVE");
        // r0 and r1 are taken; r2 and r3 are too many in the first transaction and do in a later one.
        List<Outcome> outcomes =
                outcomes(deliver(ENCRYPT, "r0@two.example", "r1@two.example", "r2@two.example", "r3@two.example"));
        assertThat(outcomes).allMatch(Delivered.class::isInstance);
        pool.close();
        assertThat(server.only().messages()).hasSize(2);
    }

    @Test
    void shipmentShouldRefuseTwoGroups() {
        Consignee one = new Consignee(EnvelopeRecipient.of("b@two.example"), demand(ENCRYPT));
        Consignee two = new Consignee(EnvelopeRecipient.of("c@two.example"), demand(Requirement.NOTHING));
        assertThatThrownBy(() -> new Shipment(
                        Destination.of("two.example"),
                        Optional.empty(),
                        List.of(one, two),
                        Shipment.DsnParameters.NONE,
                        new TextMessage("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 groups");
    }

    @Test
    void hostsOfTooManyAddressesShouldNotBeTriedForEver() {
        onlyHost(CLEAR + "SERVE");
        String[] many =
                IntStream.rangeClosed(1, 60).mapToObj(i -> "127.0.1." + i).toArray(String[]::new);
        dns.host("mx.two.example", many);
        DeliveryReport report = deliver(ENCRYPT);
        assertThat(report.attempts()).hasSize(20);
        assertThat(only(report)).isInstanceOf(Deferred.class);
    }
}
