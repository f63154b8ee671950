/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tlsward.integration.RunningJames.Program;

/** Much mail, many recipients, and the ways on which mail loses its attributes: one James, a partner without TLS and one with. */
class OutboundRoutesTest {
    private static final int MAILS = 1000;
    private static final int RECIPIENTS = 5000;

    private static RemoteServer cleartext;
    private static RemoteServer tls;
    private static RunningJames james;

    @BeforeAll
    static void start() throws Exception {
        cleartext = new RemoteServer(Optional.empty());
        tls = new RemoteServer(Optional.of(TestCertificates.selfSigned("mx.fern.example")));
        WorkingDirectory directory = WorkingDirectory.create("outbound-routes", "outbound-routes")
                .withoutUserCheck()
                .withExtension()
                .replace("tlsward.xml", "PARTNER_PORT", Integer.toString(cleartext.port()))
                .replace("tlsward.xml", "TLS_PORT", Integer.toString(tls.port()))
                .replace(
                        "mailetcontainer.xml",
                        "<outgoing>outgoing-tlsward</outgoing>",
                        "<outgoing>outgoing-tlsward</outgoing><delayTime>1 second</delayTime>")
                .replace("mailetcontainer.xml", "<mailet match=\"All\" class=\"PostmasterAlias\"/>", RECIPES)
                .replace(
                        "mailetcontainer.xml",
                        "<mailet match=\"All\" class=\"LocalDelivery\"/>",
                        "<mailet match=\"All\" class=\"Sieve\"/>"
                                + "<mailet match=\"All\" class=\"ToRepository\"><repositoryPath>file://var/mail/kept/</repositoryPath></mailet>");
        redirect(directory.root(), "praxis@klinik.example", "privat@partner.example");
        james = RunningJames.start(Program.stock(), directory);
        Clinician.register(james);
        james.put("/users/praxis@klinik.example", "{\"password\":\"secret\"}");
    }

    /** For clients that know no REQUIRETLS: the words that other gateways and mail programs use. */
    private static final String RECIPES =
            """
            <mailet match="SubjectStartsWith=[sicher]" class="org.tlsward.mailets.RequireTls"><level>encrypt</level></mailet>
            <mailet match="HasHeader=X-SFDC-TLS-NoRelay" class="org.tlsward.mailets.RequireTls"><level>encrypt</level></mailet>
            <mailet match="HasHeader=Sensitivity=Company-Confidential" class="org.tlsward.mailets.RequireTls"><level>encrypt</level></mailet>
            <mailet match="All" class="PostmasterAlias"/>""";

    /** Where James' file repository looks for the script that is active. */
    private static void redirect(Path root, String user, String to) throws Exception {
        Path scripts = Files.createDirectories(root.resolve("sieve").resolve(user));
        Files.writeString(scripts.resolve("redirect"), "redirect \"" + to + "\";\r\n");
        Files.writeString(scripts.resolve(".active"), "redirect");
    }

    @AfterAll
    static void stop() throws Exception {
        cleartext.close();
        tls.close();
        james.close();
    }

    private static void submit(List<String> header, String body, List<String> recipients) throws Exception {
        try (Clinician clinician = new Clinician(james)) {
            clinician.submit(header, body, recipients);
        }
    }

    @Test
    void aThousandMailsShouldNeedTenConnections() throws Exception {
        int before = tls.connections();
        long messages = tls.messages().stream()
                .filter(text -> text.contains("many-marker"))
                .count();
        assertThat(messages).isZero();
        try (Clinician clinician = new Clinician(james)) {
            for (int i = 0; i < MAILS; i++) {
                clinician.submit(List.of("Subject: many"), "many-marker-" + i + ".", List.of("viele@fern.example"));
            }
        }
        await(() -> tls.messages().stream()
                        .filter(text -> text.contains("many-marker"))
                        .count()
                == MAILS);

        Set<String> bodies = new TreeSet<>(tls.messages().stream()
                .filter(text -> text.contains("many-marker"))
                .map(text -> text.replaceAll("(?s).*(many-marker-\\d+\\.).*", "$1"))
                .toList());
        assertThat(bodies).as("each of them once").hasSize(MAILS);
        assertThat(tls.connections() - before).isLessThanOrEqualTo(10);
    }

    @Test
    void aMedicalMemberWhoRedirectsBySieveToADomainWithoutTlsShouldBeWithheld() throws Exception {
        submit(List.of("Subject: sieve"), "sieve-marker", List.of("praxis@klinik.example"));

        await(() -> new WithheldMail(james).recipients().contains("privat@partner.example"));
        assertThat(cleartext.recipients()).doesNotContain("privat@partner.example");
        assertThat(cleartext.cleartext()).doesNotContain("sieve-marker").doesNotContain("privat@partner.example");
    }

    @Test
    void theWordsOfOtherProgramsShouldDemandTls() throws Exception {
        submit(List.of("Subject: [sicher] finding"), "recipe-marker", List.of("betreff@partner.example"));
        submit(List.of("Subject: a", "X-SFDC-TLS-NoRelay: true"), "recipe-marker", List.of("kopf@partner.example"));
        submit(
                List.of("Subject: a", "Sensitivity: Company-Confidential"),
                "recipe-marker",
                List.of("vertraulich@partner.example"));
        submit(List.of("Subject: [sicher] finding"), "recipe-tls-marker", List.of("betreff@fern.example"));
        submit(List.of("Subject: a", "Sensitivity: Personal"), "plain-marker", List.of("offen@partner.example"));

        await(() -> new WithheldMail(james)
                .recipients()
                .containsAll(
                        List.of("betreff@partner.example", "kopf@partner.example", "vertraulich@partner.example")));
        await(() -> cleartext.recipients().contains("offen@partner.example"));
        await(() -> tls.recipients().contains("betreff@fern.example"));
        assertThat(cleartext.cleartext()).doesNotContain("recipe-marker");
        assertThat(tls.messages()).noneMatch(message -> message.contains("X-TLSWard-Require"));
    }

    @Test
    void eachOfManyRecipientsShouldGetWhatTheClassAllows() throws Exception {
        Set<String> everybodyWithoutTls = new TreeSet<>();
        Set<String> everybodyWithTls = new TreeSet<>();
        Set<String> nobody = new TreeSet<>();
        List<String> recipients = new ArrayList<>();
        String[] names = {"buero", "arzt", "vorstand"};
        for (int i = 0; i < RECIPIENTS; i++) {
            boolean hasTls = i / names.length % 2 == 0;
            String name = names[i % names.length];
            String address = name + i + (hasTls ? "@fern.example" : "@partner.example");
            recipients.add(address);
            Set<String> whereTo = hasTls ? everybodyWithTls : everybodyWithoutTls;
            // TLS with a certificate that nobody vouches for does for "encrypt", not for "verify".
            boolean allowed = name.equals("buero") || (hasTls && name.equals("arzt"));
            (allowed ? whereTo : nobody).add(address);
        }
        submit(List.of("Subject: all"), "all-marker", recipients);

        await(() -> new WithheldMail(james).recipients().containsAll(nobody));
        await(() -> tls.recipients().containsAll(everybodyWithTls)
                && cleartext.recipients().containsAll(everybodyWithoutTls));
        assertThat(ofThisMail(tls.recipients())).containsExactlyInAnyOrderElementsOf(everybodyWithTls);
        assertThat(ofThisMail(cleartext.recipients())).containsExactlyInAnyOrderElementsOf(everybodyWithoutTls);
        assertThat(ofThisMail(new WithheldMail(james).recipients())).containsExactlyInAnyOrderElementsOf(nobody);
        assertThat(cleartext.cleartext()).doesNotContain("arzt").doesNotContain("vorstand");
    }

    private static List<String> ofThisMail(Iterable<String> recipients) {
        List<String> some = new ArrayList<>();
        recipients.forEach(recipient -> {
            if (recipient.matches("(buero|arzt|vorstand)\\d+@.*")) {
                some.add(recipient);
            }
        });
        return some;
    }

    private static void await(BooleanSupplier condition) {
        for (int tries = 0; tries < 1200; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            RunningJames.pause();
        }
        throw new AssertionError("did not happen; the server's log:\n" + james.log());
    }
}
