/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.delivery.Outcome;
import org.tlsward.policy.Demand;
import org.tlsward.testing.FakeDnsServer;
import org.tlsward.testing.Identity;
import org.tlsward.testing.PeerRecord;
import org.tlsward.testing.ScriptedServer;
import org.tlsward.testing.WireBytes;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/**
 * Somebody sits between us and the real MX host, or between us and our resolver, and wants an ordinary mail, for whose recipient no rule
 * of ours demands anything. Whatever is tried, no octet of envelope or message arrives anywhere; without the attacker the mail goes
 * through.
 */
class AttackerTest {
    private static final Scenario DANE =
            new Scenario(1, "secure", "secure", "3 1 1 leaf", "-", "ca mx", "may", "delivered");
    private static final Scenario STS =
            new Scenario(2, "insecure", "insecure", "-", "cached enforce; enforce", "ca mx", "may", "delivered");
    /** Where the attacker's own server is. */
    private static final Scenario ELSEWHERE =
            new Scenario(3, "insecure", "insecure", "-", "-", "ca mx", "may", "delivered");

    private static final Demand NOTHING = Demand.builder().build();
    private static final String TLS = "S: 220 hi\nFEATURES PIPELINING, STARTTLS\nTLSFEATURES PIPELINING\nIDENTITY it\n";

    private static ScenarioWorld world;

    @BeforeAll
    static void start(@TempDir Path directory) {
        world = new ScenarioWorld(List.of(DANE, STS, ELSEWHERE), directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static List<Scenario> protectedDomains() {
        return List.of(DANE, STS);
    }

    @ParameterizedTest
    @MethodSource("protectedDomains")
    void withoutAnAttackerTheMailShouldGoThrough(Scenario row) {
        try (ScriptedServer server = world.server(row);
                SendingSide sender = world.sendingSide(DnsSettings.Mode.VALIDATE, world.resolver())) {
            assertThat(sender.deliver(row, NOTHING)).isInstanceOf(Outcome.Delivered.class);
            assertThat(server.only().insideTls()).contains(SendingSide.MARK);
        }
    }

    static List<Arguments> attacksOnTheLine() {
        Identity none = ScenarioWorld.forged(DANE, false);
        return List.of(
                // The attacker takes STARTTLS out of the EHLO and refuses it.
                Arguments.of(DANE, none, "S: 220 hi\nFEATURES PIPELINING, XXXXXXXX\nSERVE"),
                Arguments.of(STS, none, "S: 220 hi\nFEATURES PIPELINING, XXXXXXXX\nSERVE"),
                Arguments.of(DANE, none, TLS + "ON STARTTLS => 454 4.7.0 later\nSERVE"),
                Arguments.of(STS, none, TLS + "ON STARTTLS => 502 5.5.1 no\nSERVE"),
                // No EHLO at all, so that we might go back to HELO.
                Arguments.of(DANE, none, "S: 220 hi\nON EHLO* => 500 5.5.1 what?\nSERVE"),
                Arguments.of(STS, none, "S: 220 hi\nON EHLO* => 500 5.5.1 what?\nSERVE"),
                // Another certificate: nobody's, and, where DNS says which it is, even one of a CA that everybody
                // trusts.
                Arguments.of(DANE, ScenarioWorld.forged(DANE, false), TLS + "SERVE"),
                Arguments.of(DANE, ScenarioWorld.forged(DANE, true), TLS + "SERVE"),
                Arguments.of(STS, ScenarioWorld.forged(STS, false), TLS + "SERVE"),
                Arguments.of(STS, ScenarioWorld.forged(ELSEWHERE, true), TLS + "SERVE"),
                // Replies put before the handshake, a handshake that breaks.
                Arguments.of(DANE, none, TLS + "ON STARTTLS => 220 go|250 all is well\nSERVE"),
                Arguments.of(STS, none, TLS + "INSTEAD HELLO, RESET\nSERVE"),
                Arguments.of(DANE, none, TLS + "INSTEAD TLS10\nSERVE"));
    }

    @ParameterizedTest
    @MethodSource("attacksOnTheLine")
    void whoSitsOnTheLineShouldGetNothing(Scenario row, Identity identity, String script) {
        try (ScriptedServer attacker = world.server(row, identity, script);
                SendingSide sender = world.sendingSide(DnsSettings.Mode.VALIDATE, world.resolver())) {
            Outcome outcome = sender.deliver(row, NOTHING);

            assertThat(outcome).isInstanceOf(Outcome.Unmet.class);
            assertThat(((Outcome.Unmet) outcome).isFinal()).isFalse();
            assertThat(attacker.connections()).isNotEmpty();
            assertGotNothing(attacker);
        }
    }

    private static void assertGotNothing(ScriptedServer attacker) {
        for (int i = 0; i < attacker.connections().size(); i++) {
            PeerRecord record = attacker.ended(i);
            assertThat(WireBytes.of(record).cleartext())
                    .doesNotContain("MAIL", "RCPT", "one.example", SendingSide.MARK);
            assertThat(record.insideTls()).doesNotContain("MAIL", "RCPT", "one.example", SendingSide.MARK);
            assertThat(record.messages()).isEmpty();
        }
    }

    /** What the attacker makes of an answer of the real resolver. */
    private interface Forgery extends UnaryOperator<Message> {}

    /** A forgery with a name for the report. */
    private record Forged(String name, Forgery forgery) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Forged OTHER_MX = new Forged(
            "another MX",
            answer -> replaced(answer, Type.MX, question -> {
                return new MXRecord(question.getName(), DClass.IN, 300, 10, name(ELSEWHERE.mxHost()));
            }));
    private static final Forged OTHER_ADDRESS = new Forged(
            "another address",
            answer -> replaced(answer, Type.A, question -> {
                return new ARecord(question.getName(), DClass.IN, 300, new byte[] {127, 0, 1, (byte) ELSEWHERE.row()});
            }));
    private static final Forged OTHER_TLSA = new Forged(
            "another TLSA",
            answer -> replaced(answer, Type.TLSA, question -> {
                return new TLSARecord(question.getName(), DClass.IN, 300, 3, 1, 1, new byte[32]);
            }));
    private static final Forged NO_TLSA = new Forged("no TLSA", answer -> denied(answer, Type.TLSA));
    private static final Forged NO_TXT = new Forged("no TXT", answer -> denied(answer, Type.TXT));
    private static final Forged UNSIGNED = new Forged("everything without signatures, marked as validated", answer -> {
        Message bare = answer.clone();
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
            for (Record record : answer.getSection(section)) {
                if (List.of(Type.RRSIG, Type.NSEC, Type.NSEC3, Type.DS).contains(record.getType())) {
                    bare.removeRecord(record, section);
                }
            }
        }
        bare.getHeader().setFlag(Flags.AD);
        return bare;
    });

    static List<Arguments> attacksOnDns() {
        return List.of(
                Arguments.of(DANE, OTHER_MX),
                Arguments.of(DANE, OTHER_ADDRESS),
                Arguments.of(DANE, OTHER_TLSA),
                Arguments.of(DANE, NO_TLSA),
                Arguments.of(DANE, UNSIGNED),
                Arguments.of(DANE, new Forged("no TLSA, no signatures", answer -> UNSIGNED.forgery()
                        .apply(NO_TLSA.forgery().apply(answer)))),
                Arguments.of(STS, OTHER_MX),
                Arguments.of(STS, OTHER_ADDRESS),
                Arguments.of(STS, new Forged("no TXT, another MX", answer -> NO_TXT.forgery()
                        .apply(OTHER_MX.forgery().apply(answer)))),
                Arguments.of(STS, new Forged("no TXT, another address", answer -> NO_TXT.forgery()
                        .apply(OTHER_ADDRESS.forgery().apply(answer)))));
    }

    /** The attacker answers our questions and has a server with every feature and a valid certificate for its own name. */
    @ParameterizedTest
    @MethodSource("attacksOnDns")
    void whoAnswersOurQuestionsShouldGetNothing(Scenario row, Forged forged) {
        SimpleResolver real = new SimpleResolver(world.resolver());
        Function<Message, Optional<Message>> inTheMiddle = query -> {
            try {
                return Optional.of(forged.forgery().apply(real.send(query)));
            } catch (IOException e) {
                return Optional.empty();
            }
        };
        try (FakeDnsServer dns = new FakeDnsServer(inTheMiddle, inTheMiddle);
                ScriptedServer attacker =
                        world.server(ELSEWHERE, ScenarioWorld.forged(ELSEWHERE, true), TLS + "SERVE");
                SendingSide sender = world.sendingSide(DnsSettings.Mode.VALIDATE, dns.address())) {
            Outcome outcome = sender.deliver(row, NOTHING);

            assertThat(outcome).isNotInstanceOf(Outcome.Delivered.class).isNotInstanceOf(Outcome.Rejected.class);
            assertThat(dns.queriesOverUdp()).isPositive();
            assertGotNothing(attacker);
        }
    }

    /** The proof that the forgeries reach us: a domain that publishes nothing falls for them. */
    @Test
    void whoPublishesNothingShouldBeTheControl() {
        SimpleResolver real = new SimpleResolver(world.resolver());
        Function<Message, Optional<Message>> inTheMiddle = query -> {
            try {
                return Optional.of(OTHER_ADDRESS.forgery().apply(real.send(query)));
            } catch (IOException e) {
                return Optional.empty();
            }
        };
        try (FakeDnsServer dns = new FakeDnsServer(inTheMiddle, inTheMiddle);
                ScriptedServer attacker =
                        world.server(ELSEWHERE, ScenarioWorld.forged(ELSEWHERE, false), TLS + "SERVE");
                SendingSide sender = world.sendingSide(DnsSettings.Mode.VALIDATE, dns.address())) {
            assertThat(sender.deliver(ELSEWHERE, NOTHING)).isInstanceOf(Outcome.Delivered.class);
            assertThat(attacker.only().insideTls()).contains(SendingSide.MARK);
        }
    }

    /** The network to the policy hosts is cut, our server starts again, and somebody strips STARTTLS. */
    @Test
    void aPolicyShouldOutliveARestartWithoutItsHost(@TempDir Path directory) {
        try (ScenarioWorld other = new ScenarioWorld(List.of(STS), directory)) {
            other.cutPolicyHosts();
            try (SendingSide restarted = other.sendingSide(DnsSettings.Mode.VALIDATE, other.resolver());
                    ScriptedServer stripping = other.server(
                            STS, ScenarioWorld.forged(STS, false), "S: 220 hi\nFEATURES PIPELINING\nSERVE")) {
                restarted.askForPolicy(STS.policyDomain());
                Outcome outcome = restarted.deliver(STS, NOTHING);

                assertThat(outcome).isInstanceOf(Outcome.Unmet.class);
                assertThat(((Outcome.Unmet) outcome).reason().word()).isEqualTo("tls-not-offered");
                assertGotNothing(stripping);
            }
        }
    }

    private static Message replaced(Message answer, int type, Function<Record, Record> forged) {
        Record question = answer.getQuestion();
        if (question.getType() != type) {
            return answer;
        }
        Message other = answer.clone();
        other.removeAllRecords(Section.ANSWER);
        other.removeAllRecords(Section.AUTHORITY);
        other.getHeader().setRcode(Rcode.NOERROR);
        other.addRecord(forged.apply(question), Section.ANSWER);
        other.getHeader().setFlag(Flags.AD);
        return other;
    }

    private static Message denied(Message answer, int type) {
        if (answer.getQuestion().getType() != type) {
            return answer;
        }
        Message other = answer.clone();
        other.removeAllRecords(Section.ANSWER);
        other.removeAllRecords(Section.AUTHORITY);
        other.getHeader().setFlag(Flags.AD);
        return other;
    }

    private static Name name(String text) {
        return Name.fromConstantString(text + ".");
    }
}
