/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.attest.AttestedMessage;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.smtp.ChainVerdict;
import org.tlsward.smtp.MessageSource;
import org.tlsward.smtp.TlsPeer;
import org.tlsward.testing.TextMessage;
import picocli.CommandLine.Help.Ansi;

class HeadersCommandTest {
    private static final String OURS =
            """
            Received: from mx.fern.example ([192.0.2.7])
             (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256)
             by mx.klinik.example (JAMES) with ESMTPS id 1; Mon, 23 Nov 2026 09:15:00 +0100
            """;
    private static final String OTHERS =
            """
            Received: from desk ([10.1.2.3] helo=desk) by mx.fern.example with esmtp
            \t(Exim 4.96) id 1a; Mon, 23 Nov 2026 09:14:00 +0100
            Received: by desk (Postfix, from userid 1000) id 2; Mon, 23 Nov 2026 09:13:00 +0100
            """;
    private static final String BODY = "Subject: x\n\nReceived: from nowhere by nothing with SMTP\n";

    @TempDir
    Path home;

    private CommandRun headers(String mail, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "headers";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommandRun.of(
                new Surroundings(
                        home,
                        name -> Optional.empty(),
                        Clock.systemUTC(),
                        443,
                        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
                Ansi.OFF,
                all);
    }

    @Test
    void hopsShouldBeToldFromTheSenderToUs() throws Exception {
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf/tlsward.xml"),
                "<tlsward><classes default='general'><class name='general'/></classes><networks internal='10.0.0.0/8'/></tlsward>");

        CommandRun run = headers(OURS + OTHERS + BODY, "--conf", "conf", "--name", "mx.klinik.example");

        assertThat(CommandRun.kept("headers.txt", run.out())).isEqualTo(CommandRun.golden("headers.txt"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void goodChainShouldBeClean() throws Exception {
        Files.writeString(home.resolve("mail.eml"), OURS + BODY);

        CommandRun run = headers("", "mail.eml");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("every hop says", "; a claim", "name your servers with --name");
    }

    @Test
    void minimumShouldCount() {
        String old = OURS.replace("TLSv1.3", "TLSv1.2");

        assertThat(headers(old).exit()).isZero();
        assertThat(headers(old, "--minimum", "TLSv1.3").exit()).isEqualTo(1);
        assertThat(headers(old.replace("TLSv1.2", "TLSv1"), "--minimum", "any").exit())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "Subject: x\n", "Received: by b with local; now\n"})
    void whatIsNotKnownShouldNotBeClean(String mail) {
        assertThat(headers(mail, "-").exit()).isEqualTo(2);
    }

    @Test
    void jsonShouldSayTheSame() {
        CommandRun run = headers(OURS + OTHERS, "--json");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("\"result\" : \"problems\"", "\"step\" : \"hop 3\"", "\"mark\" : \"fail\"");
    }

    @Test
    void escapeSequencesShouldNotReachTheTerminal() {
        CommandRun run = headers("Received: from \u001b[31mx\u009b by \u202eb with \u001b]0;E; now\n");

        assertThat(run.out()).doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.eml", "--minimum none", "--minimum TLSv1.1", "a b", "--conf nowhere"})
    void badUsageShouldBeToldInOneLine(String line) {
        CommandRun run = headers(OURS, line.split(" ", -1));

        assertThat(run.exit()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    /** What a server has signed, of this mail, of a changed one, and by a stranger. */
    @Test
    void signedStatementsShouldBeChecked() throws Exception {
        String mail = "From: a@one.example\r\nMessage-ID: <x@one.example>\r\n\r\nThe finding.\r\n";
        String sent = signed("ours", mail);
        signed("stranger", mail);
        String key = "ours/evidence-key/signing-key.pub.pem";

        CommandRun good = headers(sent, "--key", key);
        assertThat(good.out()).contains("mail.one.example gave this very mail to mx.two.example", "TLSv1.3");
        assertThat(good.exit()).as("no hops").isEqualTo(2);

        CommandRun moved = headers(sent.replace("The finding", "No finding"), "--key", key);
        assertThat(moved.out()).contains("not of this mail");
        assertThat(moved.exit()).isEqualTo(1);
        CommandRun forged = headers(sent, "--key", "stranger/evidence-key/signing-key.pub.pem");
        assertThat(forged.out()).contains("forged");
        assertThat(forged.exit()).isEqualTo(1);
        assertThat(headers(sent).out()).doesNotContain("Signed statements");
        assertThat(headers(sent, "--key", "nowhere").exit()).isEqualTo(64);
    }

    private String signed(String who, String mail) throws Exception {
        try (EvidenceLog log = EvidenceLog.open(
                EvidenceLog.Settings.usual(home.resolve(who).resolve("evidence")), Clock.systemUTC())) {
            TlsPeer peer = new TlsPeer(
                    "TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(), new ChainVerdict(ChainVerdict.Trust.VALID, ""));
            MessageSource.Carriage carriage =
                    new MessageSource.Carriage("two.example", "mx.two.example", Optional.of(peer), List.of());
            AttestedMessage.Notary notary =
                    new AttestedMessage.Notary("mail.one.example", log::attest, log.key(), Clock.systemUTC());
            try (InputStream in = new AttestedMessage(new TextMessage(mail), notary)
                    .over(carriage)
                    .open()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }
}
