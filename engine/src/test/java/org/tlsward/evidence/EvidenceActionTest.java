/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.policy.Reason;
import org.tlsward.testing.SettableClock;

class EvidenceActionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MailIdentity MAIL = Samples.mail("praxis@partner.example");

    @TempDir
    Path temp;

    @Test
    void anOverrideShouldTellWhoAndWhy() throws Exception {
        EvidenceAction action = EvidenceAction.of(Samples.NOON, Deed.OVERRIDE_REQUESTED, MAIL, "anna")
                .because(Optional.of(Reason.TLS_NOT_OFFERED))
                .saying("the patient waits");
        assertThat(line(action, false))
                .isEqualTo(
                        JSON.readTree(
                                """
                {"time":"2026-11-22T12:00:00Z","type":"action",
                 "mail":{"id":"Mail42","messageId":"<1@klinik.example>","sender":"a@klinik.example",
                         "recipient":"praxis@partner.example"},
                 "action":"override-requested","by":"anna","reason":"tls-not-offered","why":"the patient waits"}
                """));
        assertThat(LogLine.of(action))
                .isEqualTo("Mail42 -- praxis@partner.example F=<a@klinik.example> override-requested BY=anna"
                        + " (tls-not-offered): the patient waits");
    }

    @Test
    void addressesShouldBeHiddenAsThoseOfAttemptsAre() throws Exception {
        EvidenceAction action =
                EvidenceAction.ofServer(Samples.NOON, Deed.EXPIRED, MAIL, Optional.of(Reason.DANE_MISMATCH));
        ObjectNode line = line(action, true);
        KeyedAddresses keyed = KeyedAddresses.read(temp.resolve("keys/address-key"));
        assertThat(line.at("/mail/recipient").asText()).isEqualTo(keyed.of("praxis@partner.example"));
        assertThat(line.at("/mail/sender").asText()).isEqualTo(keyed.of("a@klinik.example"));
        assertThat(line.has("by")).isFalse();
        assertThat(line.toString()).doesNotContain("partner.example", "a@klinik.example");
    }

    @Test
    void whatAnOperatorWritesShouldNotSteerATerminal() throws Exception {
        EvidenceAction action = EvidenceAction.of(Samples.NOON, Deed.RELEASED, MAIL, "an\u001b[31mna")
                .saying("x\n{\"v\":1}\u202e");
        assertThat(line(action, false).get("why").asText()).isEqualTo("x {\"v\":1}\uFFFD");
        assertThat(LogLine.of(action)).doesNotContain("\u001b", "\n", "\u202e");
    }

    /** As it stands in the file, without the link. */
    private ObjectNode line(EvidenceAction action, boolean keyed) throws Exception {
        Path directory = temp.resolve("evidence");
        EvidenceLog.Settings settings =
                new EvidenceLog.Settings(directory, temp.resolve("keys"), keyed, Optional.empty());
        try (EvidenceLog log = EvidenceLog.open(settings, new SettableClock(Samples.NOON))) {
            log.append(List.of(action));
        }
        ObjectNode last = null;
        for (String line : Files.readAllLines(directory.resolve("evidence-2026-11-22.jsonl"))) {
            ObjectNode read = (ObjectNode) JSON.readTree(line);
            last = read.get("type").asText().equals("action") ? read : last;
        }
        last.remove(List.of("v", "seq", "prev"));
        return last;
    }
}
