/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.tlsward.dns.DnsAnswer.Absent;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
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

class StubHostLookupTest {
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

    private static StubHostLookup asking(InetSocketAddress... addresses) {
        return new StubHostLookup(new DnsServers(Arrays.asList(addresses), Duration.ofSeconds(1), 1));
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
        StubHostLookup lookup = asking(server(zone("two.example. MX 10 MX.Two.Example.", "two.example. MX 0 .")));
        assertThat(lookup.mx("two.example"))
                .isEqualTo(
                        new Found<>(List.of(new MxHost(10, "mx.two.example"), new MxHost(0, "")), Security.INSECURE));
    }

    @Test
    void addressesShouldBeOfBothFamiliesAndFollowAliases() throws Exception {
        StubHostLookup lookup = asking(server(zone(
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
        StubHostLookup lookup = asking(
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
        StubHostLookup lookup = asking(server(zone("a.example. CNAME b.example.", "b.example. CNAME a.example.")));
        assertThat(lookup.addresses("a.example")).isInstanceOf(Absent.class);
    }

    @Test
    void whatIsNoNameShouldNotExist() {
        StubHostLookup lookup = asking(server(zone()));
        assertThat(lookup.mx("a..example")).isEqualTo(new Absent<>(false, Security.INSECURE));
        assertThat(lookup.mx("x".repeat(64) + ".example")).isEqualTo(new Absent<>(false, Security.INSECURE));
    }
}
