/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.webadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tlsward.evidence.AddressForm;
import org.tlsward.evidence.EvidenceLog;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.EvidenceRecordBuilder;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.PeerHost;
import org.tlsward.evidence.RecordedOutcome;
import org.tlsward.evidence.SeenTls;
import org.tlsward.explain.Language;
import org.tlsward.proof.Certificate;
import org.tlsward.proof.CertificateBasis;
import org.tlsward.proof.EvidenceArchive;
import org.tlsward.proof.MailQuestion;
import org.tlsward.webadmin.browser.HeadlessBrowser;

/** A certificate as somebody sees it, on a screen and on a sheet of A4. */
class CertificateLayoutTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final MailIdentity MAIL = new MailIdentity(
            "Mail1", Optional.of("<1@klinik.example>"), "clinician@klinik.example", "praxis@partner.example");

    /** The lines of each heading, name and address of the table that a reader would not break, joined. */
    private static final String BROKEN_WORDS =
            """
            const broken = [];
            for (const cell of document.querySelectorAll('thead th, tbody td:not(:last-child)')) {
              const text = cell.firstChild;
              for (const word of text.data.matchAll(/[^\\s-]+/g)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                if (range.getClientRects().length > 1) { broken.push(word[0]); }
              }
            }
            return broken;""";

    @TempDir
    Path home;

    @Test
    void noWordOfTheTableShouldBeBroken() throws Exception {
        try (HeadlessBrowser browser = new HeadlessBrowser()) {
            for (Language language : List.of(Language.DE, Language.EN)) {
                Path page = Files.writeString(home.resolve("page.html"), certificate(language));
                for (int width : new int[] {1280, 794, 500}) {
                    browser.look("light", width);
                    browser.open(page.toUri().toString());
                    assertThat(browser.script("return document.querySelectorAll('thead th').length"))
                            .isEqualTo(4L);
                    assertThat((List<?>) browser.script(BROKEN_WORDS))
                            .as("%s at %d", language, width)
                            .isEmpty();
                }
            }
        }
    }

    private String certificate(Language language) throws Exception {
        EvidenceArchive archive =
                new EvidenceArchive(home.resolve(language.name()).resolve("evidence"));
        try (EvidenceLog log =
                EvidenceLog.open(EvidenceLog.Settings.usual(archive.directory()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            log.append(List.of(
                    tried("mx1.partner.example", RecordedOutcome.DEFERRED)
                            .tls(new SeenTls(
                                    "TLSv1.2", "TLS_AES_256_GCM_SHA384", Optional.empty(), List.of(), Optional.empty()))
                            .verdict("mta-sts")
                            .sent(0, 88)
                            .build(),
                    tried("mx2.partner.example", RecordedOutcome.DELIVERED).build()));
        }
        CertificateBasis basis = CertificateBasis.read(
                        List.copyOf(archive.days().values()),
                        new MailQuestion(Optional.empty(), Optional.of("1@klinik.example"), AddressForm.PLAIN))
                .orElseThrow();
        return Certificate.html(basis, language, NOW);
    }

    private static EvidenceRecordBuilder tried(String host, RecordedOutcome outcome) {
        return EvidenceRecord.attempt(NOW, MAIL, outcome)
                .peer(new PeerHost("partner.example", host, Optional.of("192.0.2.7"), PeerHost.Naming.MTA_STS));
    }
}
