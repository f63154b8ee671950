/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.policy.IpNetwork;
import org.tlsward.testing.FakeDnsServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Servers that err, keep silent, or say what was not asked. */
class TransportTest {
    private final List<FakeDnsServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(FakeDnsServer::close);
    }

    private InetSocketAddress server(Function<Message, Optional<Message>> answer) {
        FakeDnsServer server = new FakeDnsServer(answer, query -> Optional.empty());
        servers.add(server);
        return server.address();
    }

    private static DnssecResolver asking(InetSocketAddress... addresses) {
        DnsSettings settings = new DnsSettings(DnsSettings.Mode.TRUST_AD, List.of(), Optional.empty());
        DnsServers servers = new DnsServers(Arrays.asList(addresses), Duration.ofSeconds(1), 1);
        return DnssecResolver.of(settings, servers, Duration.ofSeconds(5), Clock.systemUTC());
    }

    private static Message reply(Message query, int code) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setRcode(code);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    /** Records as {@code name type data}; those of the asked type and aliases go into the answer. */
    private static Function<Message, Optional<Message>> zone(String... records) {
        return query -> {
            Message reply = reply(query, Rcode.NOERROR);
            for (String record : records) {
                String[] words = record.split(" ", 3);
                int type = Type.value(words[1]);
                if (type == query.getQuestion().getType() || type == Type.CNAME) {
                    reply.addRecord(record(words[0], type, words[2]), Section.ANSWER);
                }
            }
            return Optional.of(reply);
        };
    }

    private static Record record(String name, int type, String data) {
        try {
            return Record.fromString(Name.fromString(name), type, DClass.IN, 60, data, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Function<Message, Optional<Message>> code(int code) {
        return query -> Optional.of(reply(query, code));
    }

    @Test
    void mxShouldBeInLowerCaseAndWithoutTrailingDot() {
        DnssecResolver lookup = asking(server(zone("two.example. MX 10 MX.Two.Example.", "two.example. MX 0 .")));
        assertThat(lookup.mx("two.example"))
                .isEqualTo(
                        new Found<>(List.of(new MxHost(10, "mx.two.example"), new MxHost(0, "")), Security.INSECURE));
    }

    @Test
    void addressesShouldBeOfBothFamiliesAndFollowAliases() throws Exception {
        DnssecResolver lookup = asking(server(zone(
                "mx.two.example. CNAME real.three.example.",
                "real.three.example. A 192.0.2.1",
                "real.three.example. AAAA 2001:db8::1",
                "unrelated.example. A 192.0.2.66")));
        assertThat(lookup.addresses("mx.two.example"))
                .isEqualTo(new Found<>(
                        List.of(InetAddress.getByName("2001:db8::1"), InetAddress.getByName("192.0.2.1")),
                        Security.INSECURE,
                        Optional.of("real.three.example")));
    }

    @Test
    void absenceShouldBeToldFromNonexistence() {
        assertThat(asking(server(zone())).mx("two.example")).isEqualTo(new Absent<>(true, Security.INSECURE));
        assertThat(asking(server(code(Rcode.NXDOMAIN))).mx("two.example"))
                .isEqualTo(new Absent<>(false, Security.INSECURE));
        assertThat(asking(server(zone())).addresses("two.example")).isInstanceOf(Absent.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR})
    void errorsShouldBeFailures(int code) {
        assertThat(asking(server(code(code))).mx("two.example")).isInstanceOf(Failed.class);
        assertThat(asking(server(code(code))).addresses("two.example")).isInstanceOf(Failed.class);
    }

    @Test
    void silenceShouldBeAFailure() {
        assertThat(asking(server(query -> Optional.empty())).mx("two.example")).isInstanceOf(Failed.class);
    }

    @Test
    void nextServerShouldBeAskedAfterAnError() {
        DnssecResolver lookup = asking(
                server(code(Rcode.SERVFAIL)),
                server(query -> Optional.empty()),
                server(zone("two.example. MX 1 a.example.")));
        assertThat(lookup.mx("two.example")).isInstanceOf(Found.class);
    }

    @Test
    void oneFamilyThatFailedShouldNotBeAbsence() {
        Function<Message, Optional<Message>> onlyA =
                query -> query.getQuestion().getType() == Type.A
                        ? Optional.of(reply(query, Rcode.NOERROR))
                        : Optional.of(reply(query, Rcode.SERVFAIL));
        assertThat(asking(server(onlyA)).addresses("mx.two.example")).isInstanceOf(Failed.class);
        Function<Message, Optional<Message>> onlyAaaa =
                query -> query.getQuestion().getType() == Type.AAAA
                        ? Optional.of(reply(query, Rcode.NOERROR))
                        : Optional.of(reply(query, Rcode.SERVFAIL));
        assertThat(asking(server(onlyAaaa)).addresses("mx.two.example")).isInstanceOf(Failed.class);
    }

    @Test
    void truncatedAnswersShouldBeAskedForOverTcp() {
        FakeDnsServer server = new FakeDnsServer(
                query -> {
                    Message reply = reply(query, Rcode.NOERROR);
                    reply.getHeader().setFlag(Flags.TC);
                    return Optional.of(reply);
                },
                zone("two.example. MX 1 a.example."));
        servers.add(server);
        assertThat(asking(server.address()).mx("two.example")).isInstanceOf(Found.class);
        assertThat(server.queriesOverTcp()).isEqualTo(1);
    }

    @Test
    void answersOfStrangersShouldNotCount() {
        Function<Message, Optional<Message>> otherId = query -> {
            Message reply = zone("two.example. MX 1 evil.example.").apply(query).orElseThrow();
            reply.getHeader().setID(query.getHeader().getID() ^ 1);
            return Optional.of(reply);
        };
        assertThat(asking(server(otherId)).mx("two.example")).isInstanceOf(Failed.class);
        Function<Message, Optional<Message>> otherName = query -> {
            Message reply = new Message(query.getHeader().getID());
            reply.getHeader().setFlag(Flags.QR);
            reply.addRecord(record("three.example.", Type.MX, "1 evil.example."), Section.QUESTION);
            reply.addRecord(record("three.example.", Type.MX, "1 evil.example."), Section.ANSWER);
            return Optional.of(reply);
        };
        assertThat(asking(server(otherName)).mx("two.example")).isNotInstanceOf(Found.class);
    }

    @Test
    void loopOfAliasesShouldEnd() {
        DnssecResolver lookup = asking(server(zone("a.example. CNAME b.example.", "b.example. CNAME a.example.")));
        assertThat(lookup.addresses("a.example")).isInstanceOf(Failed.class);
    }

    @Test
    void whatIsNoNameShouldNotExist() {
        DnssecResolver lookup = asking(server(zone()));
        assertThat(lookup.mx("a..example")).isEqualTo(new Absent<>(false, Security.INSECURE));
        assertThat(lookup.mx("x".repeat(64) + ".example")).isEqualTo(new Absent<>(false, Security.INSECURE));
    }

    private static void assertTrouble(DnsAnswer<?> answer, Trouble trouble) {
        assertThat(answer).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.trouble())
                .as(failed.why())
                .isEqualTo(trouble));
    }

    @Test
    void errorsShouldBeToldFromSilence() {
        assertTrouble(asking(server(code(Rcode.SERVFAIL))).mx("two.example"), Trouble.SERVER);
        assertTrouble(asking(server(query -> Optional.empty())).mx("two.example"), Trouble.TIMEOUT);
        assertTrouble(
                asking(server(code(Rcode.SERVFAIL)), server(query -> Optional.empty()))
                        .mx("two.example"),
                Trouble.SERVER);
    }

    @Test
    void errorThatGoesAwayWithoutCheckingShouldBeBogus() {
        Function<Message, Optional<Message>> validating =
                query -> query.getHeader().getFlag(Flags.CD)
                        ? zone("two.example. MX 1 a.example.").apply(query)
                        : code(Rcode.SERVFAIL).apply(query);
        assertTrouble(asking(server(validating)).mx("two.example"), Trouble.BOGUS);
    }

    @Test
    void wholeQuestionShouldEndInItsTimeHoweverLongAServerMayTake() {
        DnsSettings settings = new DnsSettings(DnsSettings.Mode.TRUST_AD, List.of(), Optional.empty());
        DnsServers patient = new DnsServers(List.of(server(query -> Optional.empty())), Duration.ofDays(1), 1);
        DnssecResolver lookup = DnssecResolver.of(settings, patient, Duration.ofMillis(300), Clock.systemUTC());
        assertTrouble(lookup.mx("two.example"), Trouble.TIMEOUT);
    }

    @Test
    void queryInsteadOfAnAnswerShouldNotCount() {
        Function<Message, Optional<Message>> echo = query -> {
            Message reply = reply(query, Rcode.NOERROR);
            reply.getHeader().unsetFlag(Flags.QR);
            return Optional.of(reply);
        };
        assertTrouble(asking(server(echo)).mx("two.example"), Trouble.SERVER);
    }

    @Test
    void authenticDataBitShouldCountFromThisHostOnly() {
        Message answer = new Message();
        answer.getHeader().setFlag(Flags.AD);
        InetSocketAddress near = new InetSocketAddress(IpNetwork.parse("::1").base(), 53);
        InetSocketAddress far =
                new InetSocketAddress(IpNetwork.parse("192.0.2.53").base(), 53);
        assertThat(TrustedLinks.security(new Upstream.Reply(answer, near))).isEqualTo(Security.SECURE);
        assertThat(TrustedLinks.security(new Upstream.Reply(answer, far))).isEqualTo(Security.INSECURE);
        answer.getHeader().unsetFlag(Flags.AD);
        assertThat(TrustedLinks.security(new Upstream.Reply(answer, near))).isEqualTo(Security.INSECURE);
    }

    @Test
    void budgetShouldEndAnEndlessChainOfQueries() throws Exception {
        Budget budget = new Budget(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            budget.spend();
        }
        assertThatThrownBy(budget::spend).hasMessageContaining("100 queries");
        assertThatThrownBy(new Budget(Duration.ZERO)::spend).hasMessage("no answer in time");
    }
}
