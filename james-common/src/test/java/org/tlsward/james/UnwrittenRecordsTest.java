/* SPDX-License-Identifier: Apache-2.0 */
package org.tlsward.james;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tlsward.evidence.EvidenceRecord;
import org.tlsward.evidence.MailIdentity;
import org.tlsward.evidence.RecordedOutcome;

class UnwrittenRecordsTest {
    private static final MailIdentity MAIL =
            new MailIdentity("Mail1", Optional.empty(), "a@klinik.example", "b@partner.example");

    private static final EvidenceRecord ATTEMPT = EvidenceRecord.attempt(Instant.EPOCH, MAIL, RecordedOutcome.DELIVERED)
            .build();
    private static final EvidenceRecord REFUSAL =
            EvidenceRecord.gate(Instant.EPOCH, MAIL, RecordedOutcome.REFUSED).build();

    private final UnwrittenRecords records = new UnwrittenRecords();

    @Test
    void strangersShouldNotTakeThePlacesOfAttempts() {
        assertThat(records.keep(Collections.nCopies(UnwrittenRecords.MOST, REFUSAL)))
                .isEqualTo(UnwrittenRecords.MOST - UnwrittenRecords.MOST_OF_THE_GATE);
        assertThat(records.keep(List.of(REFUSAL, ATTEMPT, REFUSAL))).isEqualTo(2);
        assertThat(records.first(UnwrittenRecords.MOST))
                .hasSize(UnwrittenRecords.MOST_OF_THE_GATE + 1)
                .endsWith(ATTEMPT);
    }

    @Test
    void attemptsShouldHaveABoundToo() {
        assertThat(records.keep(Collections.nCopies(UnwrittenRecords.MOST + 3, ATTEMPT)))
                .isEqualTo(3);
        assertThat(records.keep(List.of(REFUSAL))).isEqualTo(1);
    }

    @Test
    void whatIsWrittenShouldMakeRoom() {
        int unused = records.keep(Collections.nCopies(UnwrittenRecords.MOST_OF_THE_GATE, REFUSAL));
        assertThat(records.keep(List.of(ATTEMPT, REFUSAL))).isEqualTo(1);
        records.forget(2);
        assertThat(records.keep(List.of(REFUSAL, REFUSAL, REFUSAL))).isEqualTo(1);
        records.forget(records.first(UnwrittenRecords.MOST).size());
        assertThat(records.isEmpty()).isTrue();
    }
}
