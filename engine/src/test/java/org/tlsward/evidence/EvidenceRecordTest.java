/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.policy.Candidate.Origin;
import org.tlsward.policy.Contribution;
import org.tlsward.policy.Demand;
import org.tlsward.policy.DomainMatch;
import org.tlsward.policy.MtaSts;
import org.tlsward.policy.PolicyException;
import org.tlsward.policy.Reason;
import org.tlsward.policy.Requirement;
import org.tlsward.policy.RequirementText;
import org.tlsward.policy.TlsLevel;

class EvidenceRecordTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    @Test
    void aDeliveryShouldTellAllOfIt() throws Exception {
        assertThat(json(Samples.delivered("praxis@partner.example")))
                .isEqualTo(JSON.readTree(
                        """
                {"time":"2026-11-22T12:00:00Z","type":"attempt",
                 "mail":{"id":"Mail42","messageId":"<1@klinik.example>","sender":"a@klinik.example",
                         "recipient":"praxis@partner.example"},
                 "classes":["medical"],"required":"v1;encrypted",
                 "rules":[{"source":"recipient-class","name":"medical","level":"encrypt","required":"v1;encrypted"}],
                 "peer":{"domain":"partner.example","name":"mx.partner.example","address":"192.0.2.7","naming":"dnssec"},
                 "tls":{"version":"TLSv1.3","cipher":"TLS_AES_256_GCM_SHA384","group":"x25519",
                        "chain":["%s"],"subject":"CN=mx.partner.example"},
                 "verdicts":["dane"],"outcome":"delivered","reply":"250 2.0.0 Ok: praxis@partner.example","ms":204,
                 "sent":{"inCleartext":0,"insideTls":1234},"acknowledged":true}
                """
                                .formatted("ab".repeat(32))));
    }

    @Test
    void anExceptionShouldBeToldWithWhatItReplaced() throws Exception {
        Demand demand = Demand.builder()
                .recipientClasses(java.util.List.of(Samples.MEDICAL))
                .exception(new PolicyException(
                        DomainMatch.parse("old.example"),
                        TlsLevel.MAY,
                        TlsLevel.MAY.requirement(),
                        "their new server comes in May",
                        LocalDate.parse("2027-05-31"),
                        false))
                .build();
        EvidenceRecord record = EvidenceRecord.attempt(
                        Samples.NOON, Samples.mail("b@old.example"), RecordedOutcome.WITHHELD)
                .demand(demand)
                .reason(Reason.EMERGENCY)
                .build();
        var line = json(record);
        assertThat(line.get("reason").asText()).isEqualTo("emergency");
        assertThat(line.get("lowered"))
                .isEqualTo(
                        JSON.readTree(
                                """
                [{"kind":"exception","name":"old.example","reason":"their new server comes in May",
                  "publishedDropped":false,
                  "replaced":[{"source":"recipient-class","name":"medical","level":"encrypt","required":"v1;encrypted"}]}]
                """));
    }

    @Test
    void namingShouldBeTheStrongestThatThereIs() {
        assertThat(PeerHost.Naming.of(Origin.CONFIGURATION, MtaSts.NONE)).isEqualTo(PeerHost.Naming.LOCAL);
        assertThat(PeerHost.Naming.of(Origin.SECURE_DNS, MtaSts.ENFORCE)).isEqualTo(PeerHost.Naming.DNSSEC);
        assertThat(PeerHost.Naming.of(Origin.INSECURE_DNS, MtaSts.ENFORCE)).isEqualTo(PeerHost.Naming.MTA_STS);
        assertThat(PeerHost.Naming.of(Origin.INSECURE_DNS, MtaSts.TESTING)).isEqualTo(PeerHost.Naming.NONE);
    }

    @Test
    void aKeyShouldBeLongEnoughAndNeverMadeTwice() throws Exception {
        Path key = temp.resolve("key");
        assertThatThrownBy(() -> KeyedAddresses.read(key)).isInstanceOf(EvidenceUnavailableException.class);
        Files.writeString(key, "short");
        assertThatThrownBy(() -> KeyedAddresses.read(key))
                .isInstanceOf(EvidenceUnavailableException.class)
                .hasMessageContaining("at least 32 random bytes");
        assertThatThrownBy(() -> KeyedAddresses.create(key)).isInstanceOf(EvidenceUnavailableException.class);
        assertThat(Files.readString(key)).isEqualTo("short");
    }

    @Test
    void aHashShouldBeThatOfTheKeyAndTheNullSenderNone() throws Exception {
        // RFC 4231 §4.3, test case 2; padding with zeros does not change an HMAC key.
        byte[] key = java.util.Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), 32);
        Files.write(temp.resolve("key"), key);
        KeyedAddresses keyed = KeyedAddresses.read(temp.resolve("key"));
        assertThat(keyed.of(" What do ya want for NOTHING?"))
                .isEqualTo("hmac:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(keyed.of("")).isEmpty();
        assertThat(keyed.reply("550 5.1.1 <b@c.example> unknown")).isEqualTo("550 5.1.1");
        assertThat(keyed.reply("no code b@c.example")).isEmpty();
    }

    private static com.fasterxml.jackson.databind.JsonNode json(EvidenceRecord record) throws Exception {
        String rest = new String(new LineEncoder(AddressForm.PLAIN).encode(record), StandardCharsets.UTF_8);
        assertThat(rest).endsWith("}\n");
        return JSON.readTree("{" + rest);
    }

    @Test
    void aHiddenClientShouldNotBeNamedByItsCertificate() throws Exception {
        KeyedAddresses keyed = KeyedAddresses.create(temp.resolve("key"));
        SeenTls tls = new SeenTls(
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                Optional.empty(),
                List.of("ab".repeat(32)),
                Optional.of("CN=Anna"));
        EvidenceRecord gate = EvidenceRecord.gate(
                        Samples.NOON, Samples.mail("praxis@klinik.example"), RecordedOutcome.ACCEPTED)
                .tls(tls)
                .build();
        EvidenceRecord attempt = EvidenceRecord.attempt(
                        Samples.NOON, Samples.mail("praxis@partner.example"), RecordedOutcome.DELIVERED)
                .tls(tls)
                .build();
        assertThat(gate.with(keyed).tls().orElseThrow().subject()).isEmpty();
        assertThat(gate.with(keyed).tls().orElseThrow().chain()).hasSize(1);
        assertThat(gate.with(AddressForm.PLAIN)).isEqualTo(gate);
        assertThat(attempt.with(keyed).tls()).contains(tls);
    }

    /** A requirement that is cut is another one. */
    @Test
    void aRequirementWithManyPinsShouldBeWhole() throws Exception {
        List<String> pins = java.util.stream.IntStream.range(0, 100)
                .mapToObj(pin -> String.format(java.util.Locale.ROOT, "%064x", pin))
                .toList();
        Requirement required = Requirement.builder().pins(pins).build();
        EvidenceRecord record = EvidenceRecord.attempt(
                        Samples.NOON, Samples.mail("b@c.example"), RecordedOutcome.DELIVERED)
                .rules(List.of(new Contribution(
                        Contribution.Source.DESTINATION,
                        "c.example",
                        Optional.of(TlsLevel.FINGERPRINT),
                        required,
                        Optional.empty())))
                .required(required)
                .build();
        var line = json(record);
        assertThat(RequirementText.parse(line.get("required").asText())).isEqualTo(required);
        assertThat(RequirementText.parse(line.at("/rules/0/required").asText())).isEqualTo(required);
    }

    @Test
    void aLineShouldBeShortEnoughForItsReadersWhateverTheRulesAre() throws Exception {
        RecordedRule rule = new RecordedRule("destination", "c.example", Optional.empty(), "x".repeat(9_000));
        Judgement judgement = new Judgement(
                List.of(),
                "v1;encrypted",
                Collections.nCopies(50, rule),
                Collections.nCopies(
                        2, new RecordedLowering("exception", "c.example", "why", Collections.nCopies(50, rule), false)),
                List.of());
        EvidenceRecord bare = EvidenceRecord.attempt(
                        Samples.NOON, Samples.mail("b@c.example"), RecordedOutcome.DELIVERED)
                .build();
        EvidenceRecord large = new EvidenceRecord(
                bare.time(), bare.type(), bare.mail(), judgement, bare.peer(), bare.tls(), bare.result(), bare.times());
        assertThat(new LineEncoder(AddressForm.PLAIN).encode(large).length).isLessThan(LineReader.LONGEST_LINE);
    }

    @Test
    void whatIsMissingShouldBeLeftOut() throws Exception {
        EvidenceRecord bare = EvidenceRecord.attempt(
                        Samples.NOON,
                        new MailIdentity("Mail42", Optional.empty(), "", "b@c.example"),
                        RecordedOutcome.DEFERRED)
                .build();
        var line = json(bare);
        for (String absent : new String[] {"peer", "tls", "reason", "reply", "observed", "lowered"}) {
            assertThat(line.has(absent)).as(absent).isFalse();
        }
        assertThat(line.get("mail").get("sender").asText()).isEmpty();
        assertThat(line.get("required").asText()).isEqualTo("v1;nothing");
    }
}
