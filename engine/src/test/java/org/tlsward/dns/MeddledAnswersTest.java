/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tlsward.config.DnsSettings;
import org.tlsward.dns.DnsAnswer.Failed;
import org.tlsward.dns.DnsAnswer.Found;
import org.tlsward.dns.DnsAnswer.Security;
import org.tlsward.dns.DnsAnswer.Trouble;
import org.tlsward.testing.DnsRelay;
import org.tlsward.testing.SignedZones;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Somebody sits between us and the resolver, and wants a secure name to look insecure, absent, or different. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeddledAnswersTest {
    private static final Name UNSIGNED = Name.fromConstantString("insecure.example.");

    private final List<DnsRelay> relays = new ArrayList<>();
    private SignedZones dns;

    @BeforeAll
    void start() {
        dns = SignedZones.of()
                .signed("secure.example", "@ MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32))
                .unsigned("insecure.example", "@ MX 10 mx\nmx A 192.0.2.66")
                .start();
    }

    @AfterEach
    void closeRelays() {
        relays.forEach(DnsRelay::close);
        relays.clear();
    }

    @AfterAll
    void stop() {
        dns.close();
    }

    private HostLookup through(Function<Message, Optional<Message>> change) {
        DnsRelay relay = new DnsRelay(dns.unbound(), change);
        relays.add(relay);
        DnsSettings settings =
                new DnsSettings(DnsSettings.Mode.VALIDATE, List.of(relay.address()), Optional.of(dns.trustAnchor()));
        DnsServers servers = new DnsServers(settings.servers(), Duration.ofMillis(500), 1);
        return DnssecResolver.of(settings, servers, Duration.ofSeconds(5), Clock.systemUTC());
    }

    /** Changes answers to questions of that type. */
    private HostLookup changing(int type, BiConsumer<Message, Name> change) {
        return through(answer -> {
            if (answer.getQuestion().getType() == type) {
                change.accept(answer, answer.getQuestion().getName());
            }
            return Optional.of(answer);
        });
    }

    private static void remove(Message answer, int section, Predicate<Record> which) {
        List.copyOf(answer.getSection(section)).stream()
                .filter(which)
                .forEach(record -> answer.removeRecord(record, section));
    }

    private static void forge(Message answer, Record... records) {
        answer.getHeader().setRcode(Rcode.NOERROR);
        answer.removeAllRecords(Section.ANSWER);
        answer.removeAllRecords(Section.AUTHORITY);
        for (Record record : records) {
            answer.addRecord(record, Section.ANSWER);
        }
    }

    /** Says, as far as it goes, that the unsigned zone has nothing. */
    private static void denyByUnsignedZone(Message answer) {
        answer.addRecord(new SOARecord(UNSIGNED, DClass.IN, 300, UNSIGNED, UNSIGNED, 1, 1, 1, 1, 1), Section.AUTHORITY);
        answer.addRecord(new NSECRecord(UNSIGNED, DClass.IN, 300, UNSIGNED, new int[] {Type.NS}), Section.AUTHORITY);
        answer.addRecord(signature(UNSIGNED, Type.NSEC, UNSIGNED), Section.AUTHORITY);
    }

    private static ARecord address(Name name) {
        try {
            return new ARecord(name, DClass.IN, 300, InetAddress.getByName("192.0.2.66"));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RRSIGRecord signature(Name owner, int type, Name signer) {
        java.time.Instant now = java.time.Instant.now();
        return new RRSIGRecord(
                owner,
                DClass.IN,
                300,
                type,
                13,
                300,
                now.plusSeconds(9999),
                now.minusSeconds(9999),
                7,
                signer,
                new byte[64]);
    }

    private static void assertTrouble(DnsAnswer<?> answer, Trouble trouble) {
        assertThat(answer).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.trouble())
                .as(failed.why())
                .isEqualTo(trouble));
    }

    @Test
    void withoutMeddlingItShouldBeSecure() {
        assertThat(through(Optional::of).mx("secure.example"))
                .isEqualTo(new Found<>(List.of(new MxHost(10, "mx.secure.example")), Security.SECURE));
    }

    @Test
    void changedRecordShouldBeBogus() {
        HostLookup lookup = changing(Type.A, (answer, name) -> {
            remove(answer, Section.ANSWER, record -> true);
            answer.addRecord(address(name), Section.ANSWER);
        });
        assertTrouble(lookup.addresses("mx.secure.example"), Trouble.BOGUS);
    }

    @Test
    void changedRecordWithTheOldSignatureShouldBeBogus() {
        HostLookup lookup = changing(Type.A, (answer, name) -> {
            remove(answer, Section.ANSWER, record -> record.getType() == Type.A);
            answer.addRecord(address(name), Section.ANSWER);
        });
        assertTrouble(lookup.addresses("mx.secure.example"), Trouble.BOGUS);
    }

    @Test
    void signatureOfAnUnsignedZoneShouldNotMakeItInsecure() {
        HostLookup lookup = changing(
                Type.MX,
                (answer, name) -> forge(
                        answer, new MXRecord(name, DClass.IN, 300, 1, UNSIGNED), signature(name, Type.MX, UNSIGNED)));
        assertTrouble(lookup.mx("secure.example"), Trouble.BOGUS);
    }

    @Test
    void recordsOfAnUnsignedZoneBesideItShouldNotMakeItInsecure() {
        HostLookup lookup = changing(Type.MX, (answer, name) -> denyByUnsignedZone(answer));
        assertThat(lookup.mx("secure.example"))
                .isEqualTo(new Found<>(List.of(new MxHost(10, "mx.secure.example")), Security.SECURE));
    }

    @Test
    void denialOfAnUnsignedZoneShouldNotCount() {
        HostLookup lookup = changing(Type.TLSA, (answer, name) -> {
            forge(answer);
            denyByUnsignedZone(answer);
        });
        assertTrouble(lookup.tlsa("mx.secure.example", 25), Trouble.BOGUS);
    }

    @Test
    void denialWithoutProofShouldBeBogus() {
        HostLookup nothing = changing(Type.TLSA, (answer, name) -> forge(answer));
        assertTrouble(nothing.tlsa("mx.secure.example", 25), Trouble.BOGUS);
        HostLookup noName = changing(Type.TLSA, (answer, name) -> {
            forge(answer);
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        });
        assertTrouble(noName.tlsa("mx.secure.example", 25), Trouble.BOGUS);
    }

    @Test
    void denialWithoutProofShouldBeFineInAnUnsignedZone() {
        HostLookup lookup = changing(Type.TLSA, (answer, name) -> forge(answer));
        assertThat(lookup.tlsa("mx.insecure.example", 25)).isEqualTo(new DnsAnswer.Absent<>(true, Security.INSECURE));
    }

    @Test
    void forgedAliasShouldBeBogus() {
        HostLookup lookup = through(answer -> {
            Name name = answer.getQuestion().getName();
            int type = answer.getQuestion().getType();
            if (type == Type.A || type == Type.AAAA || type == Type.CNAME) {
                forge(answer, new CNAMERecord(name, DClass.IN, 300, UNSIGNED), address(UNSIGNED));
            }
            return Optional.of(answer);
        });
        assertTrouble(lookup.addresses("mx.secure.example"), Trouble.BOGUS);
    }

    @Test
    void forgedDnameShouldBeBogus() {
        Name parent = Name.fromConstantString("secure.example.");
        HostLookup lookup = through(answer -> {
            int type = answer.getQuestion().getType();
            if (type == Type.A || type == Type.AAAA || type == Type.CNAME) {
                forge(answer, new DNAMERecord(parent, DClass.IN, 300, UNSIGNED));
            }
            return Optional.of(answer);
        });
        assertTrouble(lookup.addresses("mx.secure.example"), Trouble.BOGUS);
    }

    @Test
    void keysThatDoNotArriveShouldNotMakeADenialInsecure() {
        HostLookup lookup = through(
                answer -> Optional.of(answer).filter(some -> some.getQuestion().getType() != Type.DNSKEY));
        assertTrouble(lookup.tlsa("nothing.secure.example", 25), Trouble.TIMEOUT);
        assertTrouble(lookup.mx("mx.secure.example"), Trouble.TIMEOUT);
        assertTrouble(lookup.mx("secure.example"), Trouble.TIMEOUT);
    }

    @Test
    void errorAboutKeysShouldBeAnErrorAndNotBogus() {
        HostLookup lookup = changing(Type.DNSKEY, (answer, name) -> {
            forge(answer);
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        });
        assertTrouble(lookup.mx("secure.example"), Trouble.SERVER);
        assertTrouble(lookup.mx("mx.secure.example"), Trouble.SERVER);
    }

    @Test
    void resolverThatStripsSignaturesShouldMakeSignedNamesBogus() {
        HostLookup lookup = through(answer -> {
            for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
                remove(answer, section, record -> record instanceof RRSIGRecord || record.getType() == Type.NSEC);
            }
            return Optional.of(answer);
        });
        assertTrouble(lookup.mx("secure.example"), Trouble.BOGUS);
        assertTrouble(lookup.tlsa("nothing.secure.example", 25), Trouble.BOGUS);
    }

    @Test
    void authenticDataBitShouldMeanNothingToTheOneWhoValidates() {
        HostLookup lookup = through(answer -> {
            answer.getHeader().setFlag(Flags.AD);
            return Optional.of(answer);
        });
        assertThat(lookup.mx("insecure.example"))
                .isEqualTo(new Found<>(List.of(new MxHost(10, "mx.insecure.example")), Security.INSECURE));
    }
}
