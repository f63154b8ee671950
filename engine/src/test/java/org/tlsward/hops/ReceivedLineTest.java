/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.hops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tlsward.hops.HopTls.Encrypted;
import org.tlsward.hops.HopTls.Plain;
import org.tlsward.hops.HopTls.Unknown;
import org.tlsward.policy.TlsVersion;

/**
 * Lines as servers write them. Those of James 3.8 and 3.9 and of our own filter follow the source of each; the others are written from
 * memory of the formats (Exim, Haraka and MessageLabs compared with mail on public lists), with other names, addresses and dates.
 */
class ReceivedLineTest {
    private static final String DATE = "; Mon, 23 Nov 2026 09:15:00 +0100";

    private static Arguments line(String server, String body, HopTls tls) {
        return Arguments.of(server, body, tls);
    }

    private static HopTls tls(TlsVersion version, String cipher) {
        return new Encrypted(Optional.of(version), Optional.of(cipher));
    }

    private static HopTls someTls() {
        return new Encrypted(Optional.empty(), Optional.empty());
    }

    static Stream<Arguments> modern() {
        return Stream.of(
                line(
                        "our own filter",
                        "from mx.fern.example ([192.0.2.7])\r\n (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256)\r\n"
                                + " by mx.klinik.example (JAMES SMTP Server ) with ESMTPS id 17 for <a@klinik.example>"
                                + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256")),
                line(
                        "our own filter, client certificate",
                        "from mx.fern.example ([IPv6:2001:db8::7])\r\n (using TLSv1.2 with cipher"
                                + " TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256; client certificate SHA-256 00ff)\r\n"
                                + " by mx.klinik.example (JAMES SMTP Server ) with ESMTPSA id 17" + DATE,
                        tls(TlsVersion.TLS_1_2, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")),
                line(
                        "James 3.9",
                        "from mx.fern.example (EHLO mx.fern.example) ([192.0.2.7])\r\n"
                                + "          (using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384)\r\n"
                                + "          by mx.klinik.example (JAMES SMTP Server ) with ESMTPS ID 17\r\n"
                                + "          for <a@klinik.example> (PRIORITY 3)" + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Postfix",
                        "from mx.fern.example (mx.fern.example [192.0.2.7])\n"
                                + "\t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))\n"
                                + "\t(No client certificate requested)\n\tby mx.klinik.example (Postfix) with ESMTPS id 4ABC12\n"
                                + "\tfor <a@klinik.example>" + DATE + " (CET)",
                        tls(TlsVersion.TLS_1_2, "ECDHE-RSA-AES256-GCM-SHA384")),
                line(
                        "Postfix 3.4, TLS 1.3",
                        "from mx.fern.example (unknown [IPv6:2001:db8::7])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384"
                                + " (256/256 bits)\n\t key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256)\n"
                                + "\t(Client CN \"mx.fern.example\", Issuer \"Fern CA (2026)\" (verified OK))\n"
                                + "\tby mx.klinik.example (Postfix) with ESMTPSA id 4ABC12" + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Exim 4.92",
                        "from mx.fern.example ([192.0.2.7] helo=mx.fern.example)\n\tby mx.klinik.example with esmtps"
                                + " (TLSv1.3:TLS_AES_256_GCM_SHA384:256)\n\t(Exim 4.92)\n\t(envelope-from <b@fern.example>)\n"
                                + "\tid 1abcde-000abc-XY\n\tfor a@klinik.example" + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Exim with GnuTLS",
                        "from [192.0.2.7] (helo=[10.0.0.1]) by mx.klinik.example with esmtpsa"
                                + " (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256) (Exim 4.89) id 1abcde-000abc-XY" + DATE,
                        tls(TlsVersion.TLS_1_2, "ECDHE_RSA_AES_256_GCM_SHA384")),
                line(
                        "Exim 4.94",
                        "from mx.fern.example ([192.0.2.7]) by mx.klinik.example with esmtps  (TLS1.3) tls"
                                + " TLS_AES_256_GCM_SHA384 (Exim 4.96) (envelope-from <b@fern.example>) id 1abcde-000abc-XY"
                                + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Sendmail",
                        "from mx.fern.example (mx.fern.example [192.0.2.7]) by mx.klinik.example (8.17.1/8.17.1) with ESMTPS id"
                                + " 4ANxyz (version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT) for <a@klinik.example>"
                                + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Sendmail 8.14, which names the family of the suite",
                        "from mx.fern.example (mx.fern.example [192.0.2.7]) by mx.klinik.example (8.14.4/8.14.4) with ESMTP id"
                                + " 4ANxyz (version=TLSv1/SSLv3 cipher=DHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO)"
                                + DATE,
                        tls(TlsVersion.TLS_1_2, "DHE-RSA-AES256-GCM-SHA384")),
                line(
                        "Gmail",
                        "from mx.fern.example (mx.fern.example. [192.0.2.7])\n        by mx.post.example with ESMTPS id ab12si345"
                                + "\n        for <a@post.example>\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256)"
                                + "; Mon, 23 Nov 2026 00:15:00 -0800 (PST)",
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "Exchange Online",
                        "from AB1P.PROD.OUTLOOK.EXAMPLE (2001:db8:10a6:20b::7) by\n CD2P.PROD.OUTLOOK.EXAMPLE (2001:db8:10a6::8) with"
                                + " Microsoft SMTP Server\n (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id"
                                + " 15.20.7025.29; Mon, 23 Nov\n 2026 08:15:00 +0000",
                        tls(TlsVersion.TLS_1_2, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")),
                line(
                        "Exchange 2019",
                        "from ex1.klinik.example (10.0.0.5) by ex2.klinik.example (10.0.0.6) with Microsoft SMTP Server"
                                + " (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384) id 15.2.1118.7 via Frontend Transport"
                                + DATE,
                        tls(TlsVersion.TLS_1_2, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384")),
                line(
                        "OpenSMTPD",
                        "from mx.fern.example (mx.fern.example [192.0.2.7])\n\tby mx.klinik.example (OpenSMTPD) with ESMTPS id 0abc"
                                + " (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)\n\tfor <a@klinik.example>;\n\tMon, 23 Nov 2026 09:15:00 +0100"
                                + " (CET)",
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "OpenSMTPD 6.0",
                        "from mx.fern.example (mx.fern.example [192.0.2.7]) by mx.klinik.example (OpenSMTPD) with ESMTPS id 0abc"
                                + " (version=TLSv1.2 cipher=ECDHE-RSA-CHACHA20-POLY1305 bits=256 verify=NO)" + DATE,
                        tls(TlsVersion.TLS_1_2, "ECDHE-RSA-CHACHA20-POLY1305")),
                line(
                        "Haraka",
                        "from mx.fern.example (mx.fern.example [192.0.2.7]) by mx.klinik.example (Haraka) with ESMTPSA id 0-A.1"
                                + " envelope-from <b@fern.example> tls TLS_AES_256_GCM_SHA384 (authenticated bits=0)"
                                + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")),
                line(
                        "IronPort",
                        "from mx.fern.example ([192.0.2.7]) by gw.klinik.example with ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384"
                                + DATE,
                        tls(TlsVersion.TLS_1_2, "ECDHE-RSA-AES256-GCM-SHA384")),
                line(
                        "MessageLabs",
                        "from mx.fern.example (HELO mx.fern.example) (192.0.2.7) by filter.example with AES256-GCM-SHA384 encrypted"
                                + " SMTP; 23 Nov 2026 08:15:00 -0000",
                        tls(TlsVersion.TLS_1_2, "AES256-GCM-SHA384")),
                line(
                        "Courier",
                        "from mx.fern.example (mx.fern.example [192.0.2.7]) (TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384) by"
                                + " mx.klinik.example with ESMTPS (TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384)" + DATE,
                        tls(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384")));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                line(
                        "our own filter",
                        "from a ([192.0.2.7])\r\n by mx.klinik.example (JAMES) with ESMTP id 17" + DATE,
                        new Plain()),
                line(
                        "James 3.8, which writes ESMTP whatever the session",
                        "from mx.fern.example (EHLO mx.fern.example) ([192.0.2.7])\r\n          by mx.klinik.example (JAMES SMTP Server )"
                                + " with ESMTPA ID 17\r\n          for <a@klinik.example>" + DATE,
                        new Plain()),
                line(
                        "Postfix",
                        "from a (a [192.0.2.7])\n\tby mx.klinik.example (Postfix) with ESMTP id 4ABC" + DATE,
                        new Plain()),
                line(
                        "Postfix, a content filter",
                        "from localhost (localhost [127.0.0.1]) by mx.klinik.example (Postfix) with LMTP id 4ABC"
                                + DATE,
                        new Plain()),
                line(
                        "Postfix, TLS 1.0",
                        "from a (a [192.0.2.7]) (using TLSv1 with cipher ADH-AES256-SHA (256/256 bits)) by b (Postfix) with ESMTPS"
                                + DATE,
                        tls(TlsVersion.TLS_1_0, "ADH-AES256-SHA")),
                line(
                        "Postfix, written there",
                        "by mx.klinik.example (Postfix, from userid 1000)\n\tid 4ABC" + DATE,
                        new Unknown()),
                line("Exim", "from a ([192.0.2.7] helo=a) by b with esmtp (Exim 4.96) id 1a-0-X" + DATE, new Plain()),
                line(
                        "Exim, written there",
                        "from root by mx.klinik.example with local (Exim 4.96) id 1a-0-X" + DATE,
                        new Unknown()),
                line(
                        "Sendmail 8.14, no AEAD",
                        "from a (a [192.0.2.7]) by b (8.14.4/8.14.4) with ESMTP id 4AN (version=TLSv1/SSLv3 cipher=AES256-SHA bits=256"
                                + " verify=NO)" + DATE,
                        new Encrypted(Optional.empty(), Optional.of("AES256-SHA"))),
                line("Gmail, from its own users", "by 2001:db8:7000:a::1 with SMTP id d2e1a72f" + DATE, new Unknown()),
                line(
                        "Gmail",
                        "from [10.1.2.3] ([192.0.2.7]) by smtp.post.example with ESMTPSA id x-y" + DATE,
                        someTls()),
                line(
                        "Exchange",
                        "from a (10.0.0.5) by b (10.0.0.6) with Microsoft SMTP Server id 15.2.1118.7" + DATE,
                        new Plain()),
                line("IIS", "from a ([192.0.2.7]) by b with Microsoft SMTPSVC(6.0.3790.4675)" + DATE, new Plain()),
                line(
                        "Exchange 2010",
                        "from a (10.0.0.5) by b (10.0.0.6) with Microsoft SMTP Server (TLS) id 14.3.123.3" + DATE,
                        someTls()),
                line(
                        "Exchange, a mailbox",
                        "from a.klinik.example ([fe80::1:2]) by a.klinik.example ([fe80::1:2%5]) with mapi id 15.20.7025.29"
                                + DATE,
                        new Unknown()),
                line(
                        "qmail",
                        "from unknown (HELO mx.fern.example) (192.0.2.7)\n  by b with SMTP; 23 Nov 2026 08:15:00 -0000",
                        new Plain()),
                line(
                        "qmail with TLS",
                        "from unknown (HELO a) (192.0.2.7) by b with ESMTPS; 23 Nov 2026 08:15:00 -0000",
                        someTls()),
                line(
                        "qmail, in itself",
                        "(qmail 12345 invoked from network); 23 Nov 2026 08:15:00 -0000",
                        new Unknown()),
                line(
                        "qmail, written there",
                        "(qmail 12345 invoked by uid 1000); 23 Nov 2026 08:15:00 -0000",
                        new Unknown()),
                line(
                        "OpenSMTPD",
                        "from a (a [192.0.2.7]) by b (OpenSMTPD) with SMTP id 0abc for <a@klinik.example>" + DATE,
                        new Plain()),
                line(
                        "Postini",
                        "from source ([192.0.2.7]) (using TLSv1) by filter.example" + DATE,
                        new Encrypted(Optional.of(TlsVersion.TLS_1_0), Optional.empty())),
                line("a web mailer", "from [192.0.2.7] by web.example with HTTP" + DATE, new Unknown()),
                line(
                        "fetchmail",
                        "from pop.fern.example [192.0.2.7] by localhost with POP3 (fetchmail-6.4)" + DATE,
                        new Unknown()));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"modern", "others"})
    void tlsShouldBeReadFromEveryServer(String server, String body, HopTls tls) {
        assertThat(ReceivedLine.parse(" " + body).tls()).isEqualTo(tls);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"modern", "others"})
    void timeShouldBeReadFromEveryServer(String server, String body, HopTls tls) {
        assertThat(ReceivedLine.parse(body).time()).contains(Instant.parse("2026-11-23T08:15:00Z"));
    }

    @Test
    void partsShouldBeRead() {
        ReceivedLine line = ReceivedLine.parse(
                "from mx.fern.example (unknown [192.0.2.7])\n\tby mx.klinik.example (Postfix) with ESMTP id 1");

        assertThat(line.from()).contains("mx.fern.example");
        assertThat(line.address().orElseThrow().getHostAddress()).isEqualTo("192.0.2.7");
        assertThat(line.by()).contains("mx.klinik.example");
        assertThat(line.protocol()).contains("ESMTP");
        assertThat(line.time()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from [10.0.0.1] (unknown [192.0.2.7]) by b with SMTP",
                "from [192.0.2.7] (helo=[10.0.0.1]) by b with esmtp",
                "from unknown (HELO 10.0.0.1) (192.0.2.7) by b with SMTP",
                "from unknown (192.0.2.7) (HELO 10.0.0.1) by b with SMTP",
                "from a (EHLO [10.0.0.1]) ([192.0.2.7]) by b with SMTP"
            })
    void addressShouldBeTheOneThatWasSeenNotTheOneThatWasSaid(String body) {
        assertThat(ReceivedLine.parse(body).address().orElseThrow().getHostAddress())
                .isEqualTo("192.0.2.7");
    }

    /** What a client says of itself, where a server wrote it down as it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from x (EHLO x) (using TLSv1.3 with cipher TLS_AES_128_GCM_SHA256) ([192.0.2.7]) by b (JAMES) with ESMTP ID 1",
                "from x (HELO TLSv1.3) (192.0.2.7) by b with SMTP",
                "from TLSv1.3:TLS_AES_128_GCM_SHA256 (TLS1.3) ([192.0.2.7]) by b with SMTP",
                "from x (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256) ([192.0.2.7]) by b with ESMTP id 1",
                "from x ((using TLSv1.3 with cipher X) y) ([192.0.2.7]) by b with ESMTP id 1",
                "from x by b ((TLS1.3)) with ESMTP id 1",
                "from x by b (nobody) with ESMTP id 1 for <\"a tls TLS_AES_128_GCM_SHA256\"@klinik.example>"
            })
    void nameOfAClientShouldNotMakeCleartextTls(String body) {
        assertThat(ReceivedLine.parse(body).tls()).isEqualTo(new Plain());
    }

    /** Nobody can say who wrote which part of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "from x by y with ESMTPS (z [192.0.2.7]) by b with ESMTP id 1",
                "from x tls TLS_AES_128_GCM_SHA256 (z [192.0.2.7]) by b with ESMTP id 1",
                "from x with ESMTPS id 2 (z [192.0.2.7]) by b",
                "from x (EHLO ) via y (version=TLS1_2 ) ([192.0.2.7]) by b with ESMTP id 1",
                "from x (EHLO ) (using TLSv1.3 with cipher X) ; () ([192.0.2.7]) by b with ESMTP id 1",
                "from x (EHLO ) by b with ESMTPS; () ([192.0.2.7]) by b with ESMTP id 1; now",
                "from x) (using TLSv1.3 with cipher X) by b with ESMTPS id 1",
                "from x (using TLSv1.3 with cipher X by b with ESMTPS id 1",
                "from x by b with ESMTPS id 1 (using TLSv1.3 with cipher X",
                "from \"x by b with ESMTPS",
                "",
                ";",
                "with",
                "from by with id for"
            })
    void lineThatContradictsItselfShouldBeUnknown(String body) {
        assertThat(ReceivedLine.parse(body).tls()).isEqualTo(new Unknown());
    }

    @Test
    void cutLineShouldBeUnknown() {
        String start = "from x by b with ESMTPS id 1 ";

        assertThat(ReceivedLine.parse(start + "y".repeat(ReceivedLine.LONGEST - start.length()))
                        .tls())
                .isEqualTo(someTls());
        assertThat(ReceivedLine.parse(start + "y".repeat(ReceivedLine.LONGEST)).tls())
                .isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mon, 31 Feb 2026 09:15:00 +0100",
                "23 Nov 2026 09:15:00",
                "23 Foo 2026 09:15:00 +0100",
                "23 Nov 2026 25:15:00 +0100",
                "23 Nov 2026 09:15:00 +9900",
                "23 Nov 99999999999 09:15:00 +0100",
                "-1 Nov 2026 ab:cd:ef +01x0",
                "tomorrow"
            })
    void dateThatIsNoneShouldBeNone(String date) {
        assertThat(ReceivedLine.parse("from a by b with SMTP; " + date).time()).isEmpty();
    }
}
